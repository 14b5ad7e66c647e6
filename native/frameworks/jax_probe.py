"""cold_start, runtime jax: what a JAX function waits for before its first answer.

Phases:
  import             `import jax`, jax.numpy and NumPy
  init               jax.devices(): the backends come up. XLA makes its contexts here.
  context            the first array on the GPU
  build_model        the weights of ResNet-50 at random on the host, and an image
  load_model         both to the GPU
  compile            tracing, lowering, XLA, with the choice of cuDNN's algorithms
  first_inference    of the compiled program
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
_LAYOUT = ("NCHW", "OIHW", "NCHW")


def main():
    return run("cold_start", _start)


def _start(probe, options):
    # Else JAX takes three quarters of the device, from whoever else is on it.
    expect_environment("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    with probe.phase("import"):
        jax = import_framework("jax", {"jax", "jaxlib"})
        import_framework("jax.numpy", {"jax", "jaxlib"})
        numpy = import_framework("numpy", {"numpy"})
    with probe.phase("init"):
        devices = jax.devices()
    _expect_gpu(devices[0])
    gpu = Gpu()
    ordinal = gpu.find(options)
    device = devices[ordinal]
    with probe.phase("context"):
        first = jax.block_until_ready(jax.device_put(numpy.zeros(1, numpy.float32), device))
    _expect_on_gpu(first)
    gpu.check_mps(ordinal, options.mps)
    probe.requested_bytes = lambda: _bytes_in_use(device)
    _infer(probe, (jax, numpy), device)
    report_framework(probe, jax)


def _infer(probe, modules, device):
    jax, numpy = modules
    with probe.phase("build_model"):
        weights = _make_weights(numpy)
        image = numpy.random.default_rng(1).random((1, 3, 224, 224), numpy.float32)
    with probe.phase("load_model"):
        weights, image = jax.block_until_ready(jax.device_put((weights, image), device))
    with probe.phase("compile"):
        program = jax.jit(lambda w, x: _resnet50(jax, w, x)).lower(weights, image).compile()
    with probe.phase("first_inference"):
        answer = jax.block_until_ready(program(weights, image))
    with probe.phase("second_inference"):
        jax.block_until_ready(program(weights, image))
    _expect_answer(numpy, answer)
    # The model is still there.
    probe.sample("requested_bytes", probe.requested_bytes())


def _make_weights(numpy):
    """The convolutions in the order of their use, each block's shortcut last; a linear layer.

    A convolution is its kernel and what batch normalization makes of its mean, variance, scale and
    offset when it does not learn: a factor and a term.
    """
    generator = numpy.random.default_rng(0)

    def normal(*shape):
        fan_in = numpy.prod(shape[1:])
        values = generator.standard_normal(shape, numpy.float32)
        return values * numpy.float32(1 / numpy.sqrt(fan_in))

    def convolution(channels, outer, size):
        ones = numpy.ones((outer, 1, 1), numpy.float32)
        return normal(outer, channels, size, size), ones, 0 * ones

    blocks = []
    channels = 64
    for count, inner, stride in _STAGES:
        for number in range(count):
            shapes = [(channels, inner, 1), (inner, inner, 3), (inner, inner * _EXPANSION, 1)]
            if number == 0:
                shapes.append((channels, inner * _EXPANSION, 1))
            blocks.append([convolution(*shape) for shape in shapes])
            channels = inner * _EXPANSION
    linear = (normal(_CLASSES, channels), numpy.zeros(_CLASSES, numpy.float32))
    return convolution(3, 64, 7), blocks, linear


def _resnet50(jax, weights, image):
    """He et al., "Deep Residual Learning for Image Recognition", with the stride in the 3x3."""
    stem, blocks, (matrix, bias) = weights
    x = jax.nn.relu(_convolve(jax, stem, image, 2))
    window, strides, padding = (1, 1, 3, 3), (1, 1, 2, 2), ((0, 0), (0, 0), (1, 1), (1, 1))
    x = jax.lax.reduce_window(x, -jax.numpy.inf, jax.lax.max, window, strides, padding)
    strides = [stride if number == 0 else 1 for n, _, stride in _STAGES for number in range(n)]
    for block, stride in zip(blocks, strides):
        x = _bottleneck(jax, block, x, stride)
    return x.mean(axis=(2, 3)) @ matrix.T + bias


def _bottleneck(jax, block, x, stride):
    narrow, middle, wide = block[:3]
    y = jax.nn.relu(_convolve(jax, narrow, x, 1))
    y = jax.nn.relu(_convolve(jax, middle, y, stride))
    y = _convolve(jax, wide, y, 1)
    shortcut = _convolve(jax, block[3], x, stride) if len(block) > 3 else x
    return jax.nn.relu(y + shortcut)


def _convolve(jax, layer, x, stride):
    kernel, factor, term = layer
    margin = kernel.shape[-1] // 2
    padding = ((margin, margin), (margin, margin))
    convolve = jax.lax.conv_general_dilated
    return convolve(x, kernel, (stride, stride), padding, dimension_numbers=_LAYOUT) * factor + term


def _bytes_in_use(device):
    stats = device.memory_stats()
    return None if stats is None else stats.get("bytes_in_use")


def _expect_gpu(device):
    if device.platform != "gpu":
        raise Failure("no_device", "JAX has only devices of the platform %s" % device.platform)


def _expect_on_gpu(array):
    for device in array.devices():
        _expect_gpu(device)


def _expect_answer(numpy, answer):
    _expect_on_gpu(answer)
    if answer.shape != (1, _CLASSES) or not numpy.isfinite(numpy.asarray(answer)).all():
        raise Failure("corrupt", "the network's answer is not %d finite numbers" % _CLASSES)


if __name__ == "__main__":
    sys.exit(main())
