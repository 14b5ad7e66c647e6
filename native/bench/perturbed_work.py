"""The work that cudaprobe must not disturb: functions that do one iteration and wait for its end."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "frameworks"))

_BATCH = 8
# More than any cache of a GPU, so that every byte comes from its memory.
_BYTES = 1 << 30


def resnet50(torch, device):
    """Inference of a batch of 8 images, as a service does it."""
    from torch_probe import make_resnet50

    model = make_resnet50(torch.nn).eval().to(device)
    images = torch.rand(_BATCH, 3, 224, 224, device=device)

    def infer():
        with torch.inference_mode():
            model(images)
        torch.cuda.synchronize(device)

    return infer


def memory(torch, device):
    """A kernel that does nothing but read 1 GiB and write 1 GiB."""
    source = torch.rand(_BYTES // 4, device=device)
    target = torch.empty_like(source)

    def add():
        torch.add(source, 1.0, out=target)
        torch.cuda.synchronize(device)

    return add


WORK = {"resnet50": resnet50, "memory": memory}
