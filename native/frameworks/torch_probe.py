"""cold_start, runtime torch: what a PyTorch function waits for before its first answer.

Phases:
  import             `import torch`
  init               torch.cuda.init: cuInit, and the devices are counted; some versions of PyTorch
                     ask NVML for that on their own, here as in everybody's start
  context            the first tensor on the GPU, which makes the context
  build_model        ResNet-50 with random weights on the host, and an image
  load_model         both to the GPU
  first_inference    with what cuDNN and cuBLAS load when they are first used
  second_inference   what the first would have taken had all been loaded
"""

import sys

from frame.failure import Failure
from frame.framework import expect_environment, import_framework, report_framework
from frame.gpu import Gpu
from frame.probe import run

# Bottlenecks, their inner channels, and the stride of the first of them.
_STAGES = ((3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2))
_EXPANSION = 4
_CLASSES = 1000


def main():
    return run("cold_start", _start)


def _start(probe, options):
    # Set, it makes PyTorch ask NVML before the driver, as a start by default does not.
    expect_environment("PYTORCH_NVML_BASED_CUDA_CHECK", None)
    with probe.phase("import"):
        torch = import_framework("torch", {"torch"})
    with probe.phase("init"):
        torch.cuda.init()
    gpu = Gpu()
    ordinal = gpu.find(options)
    device = torch.device("cuda", ordinal)
    with probe.phase("context"):
        first = torch.zeros(1, device=device)
        torch.cuda.synchronize(device)
    _expect_on_gpu(first)
    gpu.check_mps(ordinal, options.mps)
    probe.requested_bytes = lambda: torch.cuda.memory_allocated(device)
    _infer(probe, torch, device)
    report_framework(probe, torch)


def _infer(probe, torch, device):
    with probe.phase("build_model"):
        model = make_resnet50(torch.nn).eval()
        image = torch.rand(1, 3, 224, 224)
    with probe.phase("load_model"):
        model = model.to(device)
        image = image.to(device)
        torch.cuda.synchronize(device)
    with torch.inference_mode():
        with probe.phase("first_inference"):
            answer = model(image)
            torch.cuda.synchronize(device)
        with probe.phase("second_inference"):
            model(image)
            torch.cuda.synchronize(device)
        _expect_answer(torch, answer)
    # The model is still there.
    probe.sample("requested_bytes", probe.requested_bytes())


def make_resnet50(nn):
    """He et al., "Deep Residual Learning for Image Recognition", with the stride in the 3x3."""

    class Bottleneck(nn.Module):
        def __init__(self, channels, inner, stride):
            super().__init__()
            outer = inner * _EXPANSION
            self.residual = nn.Sequential(
                *_convolution(nn, channels, inner, 1),
                nn.ReLU(inplace=True),
                *_convolution(nn, inner, inner, 3, stride),
                nn.ReLU(inplace=True),
                *_convolution(nn, inner, outer, 1),
            )
            alike = channels == outer and stride == 1
            projection = [] if alike else _convolution(nn, channels, outer, 1, stride)
            self.shortcut = nn.Sequential(*projection)
            self.activation = nn.ReLU(inplace=True)

        def forward(self, x):
            return self.activation(self.residual(x) + self.shortcut(x))

    layers = [*_convolution(nn, 3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for count, inner, stride in _STAGES:
        for number in range(count):
            layers.append(Bottleneck(channels, inner, stride if number == 0 else 1))
            channels = inner * _EXPANSION
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, _CLASSES)]
    return nn.Sequential(*layers)


def _convolution(nn, channels, outer, size, stride=1):
    convolution = nn.Conv2d(channels, outer, size, stride, padding=size // 2, bias=False)
    return [convolution, nn.BatchNorm2d(outer)]


def _expect_on_gpu(tensor):
    if tensor.device.type != "cuda":
        raise Failure("no_device", "the first tensor is on %s" % tensor.device)


def _expect_answer(torch, answer):
    _expect_on_gpu(answer)
    if tuple(answer.shape) != (1, _CLASSES) or not bool(torch.isfinite(answer.cpu()).all()):
        raise Failure("corrupt", "the network's answer is not %d finite numbers" % _CLASSES)


if __name__ == "__main__":
    sys.exit(main())
