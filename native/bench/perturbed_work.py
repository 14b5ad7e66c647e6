"""The work that cudaprobe must not disturb: functions that do one iteration and wait for its end."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "frameworks"))

_BATCH = 8
_WARM_UP_ITERATIONS = 10
# More than any cache of a GPU, so that every byte comes from its memory.
_BYTES = 1 << 30


def resnet50(torch, device):
    """Inference of a batch of 8 images, as a service does it."""
    model, images = _model_and_images(torch, device)

    def infer():
        with torch.inference_mode():
            model(images)
        torch.cuda.synchronize(device)

    return infer


def resnet50_graph(torch, device):
    """The same inference as one CUDA graph: the GPU's time, with next to nothing of the host's."""
    model, images = _model_and_images(torch, device)
    graph = torch.cuda.CUDAGraph()
    with torch.inference_mode():
        # The first iterations choose algorithms and allocate, which a graph cannot hold.
        aside = torch.cuda.Stream()
        with torch.cuda.stream(aside):
            for _ in range(_WARM_UP_ITERATIONS):
                model(images)
        torch.cuda.synchronize(device)
        with torch.cuda.graph(graph):
            model(images)

    def infer():
        graph.replay()
        torch.cuda.synchronize(device)

    return infer


def _model_and_images(torch, device):
    from torch_probe import make_resnet50

    model = make_resnet50(torch.nn).eval().to(device)
    return model, torch.rand(_BATCH, 3, 224, 224, device=device)


def memory(torch, device):
    """A kernel that does nothing but read 1 GiB and write 1 GiB."""
    source = torch.rand(_BYTES // 4, device=device)
    target = torch.empty_like(source)

    def add():
        torch.add(source, 1.0, out=target)
        torch.cuda.synchronize(device)

    return add


WORK = {"resnet50": resnet50, "resnet50_graph": resnet50_graph, "memory": memory}
