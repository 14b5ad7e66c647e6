"""cold_start, runtime tensorflow: what a TensorFlow function waits for before its first answer.

Phases:
  import             `import tensorflow`
  init               the physical devices are listed: cuInit, without a context
  context            the first tensor on the GPU, which makes the device and its context
  build_model        the weights of ResNet-50 at random on the host, and an image
  load_model         both to the GPU
  first_inference    eagerly, with what cuDNN and cuBLAS load when they are first used
  second_inference   what the first would have taken had all been loaded

TensorFlow waits for the GPU when a value is asked for: a phase ends when one is on the host.
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
    # Else TensorFlow takes the whole device, from whoever else is on it.
    expect_environment("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    with probe.phase("import"):
        tf = import_framework("tensorflow", {"tensorflow"})
    with probe.phase("init"):
        devices = tf.config.list_physical_devices("GPU")
    if not devices:
        raise Failure("no_device", "TensorFlow sees no GPU")
    gpu = Gpu()
    ordinal = gpu.find(options)
    device = "GPU:%d" % ordinal
    with probe.phase("context"), tf.device(device):
        first = tf.zeros([1])
        first.numpy()
    _expect_on_gpu(first)
    gpu.check_mps(ordinal, options.mps)
    probe.requested_bytes = lambda: tf.config.experimental.get_memory_info(device)["current"]
    _infer(probe, tf, device)
    report_framework(probe, tf)


def _infer(probe, tf, device):
    with probe.phase("build_model"), tf.device("CPU:0"):
        weights = _make_weights(tf)
        image = tf.random.stateless_uniform([1, 224, 224, 3], [1, 0])
    with probe.phase("load_model"), tf.device(device):
        weights = tf.nest.map_structure(tf.identity, weights)
        image = tf.identity(image)
        weights[-1].numpy()
    with tf.device(device):
        with probe.phase("first_inference"):
            answer = _resnet50(tf, weights, image)
            answer.numpy()
        with probe.phase("second_inference"):
            _resnet50(tf, weights, image).numpy()
    _expect_answer(tf, answer)
    # The model is still there.
    probe.sample("requested_bytes", probe.requested_bytes())


def _make_weights(tf):
    """The first convolution, the blocks', and a matrix and a bias.

    A convolution is its kernel and what batch normalization makes of its mean, variance, scale and
    offset when it does not learn: a factor and a term. A block's shortcut is its last.
    """

    def normal(shape, fan_in):
        return tf.random.stateless_normal(shape, [fan_in, 0], stddev=fan_in**-0.5)

    def convolution(channels, outer, size):
        kernel = normal([size, size, channels, outer], size * size * channels)
        return kernel, tf.ones([outer]), tf.zeros([outer])

    blocks = []
    channels = 64
    for count, inner, _ in _STAGES:
        for number in range(count):
            shapes = [(channels, inner, 1), (inner, inner, 3), (inner, inner * _EXPANSION, 1)]
            if number == 0:
                shapes.append((channels, inner * _EXPANSION, 1))
            blocks.append([convolution(*shape) for shape in shapes])
            channels = inner * _EXPANSION
    matrix = normal([channels, _CLASSES], channels)
    return convolution(3, 64, 7), blocks, matrix, tf.zeros([_CLASSES])


def _resnet50(tf, weights, image):
    """He et al., "Deep Residual Learning for Image Recognition", with the stride in the 3x3."""
    stem, blocks, matrix, bias = weights
    x = tf.nn.relu(_convolve(tf, stem, image, 2))
    x = tf.nn.max_pool2d(x, 3, 2, "SAME")
    strides = [stride if number == 0 else 1 for n, _, stride in _STAGES for number in range(n)]
    for block, stride in zip(blocks, strides):
        x = _bottleneck(tf, block, x, stride)
    return tf.matmul(tf.reduce_mean(x, axis=[1, 2]), matrix) + bias


def _bottleneck(tf, block, x, stride):
    narrow, middle, wide = block[:3]
    y = tf.nn.relu(_convolve(tf, narrow, x, 1))
    y = tf.nn.relu(_convolve(tf, middle, y, stride))
    y = _convolve(tf, wide, y, 1)
    shortcut = _convolve(tf, block[3], x, stride) if len(block) > 3 else x
    return tf.nn.relu(y + shortcut)


def _convolve(tf, layer, x, stride):
    kernel, factor, term = layer
    return tf.nn.conv2d(x, kernel, stride, "SAME") * factor + term


def _expect_on_gpu(tensor):
    if "GPU" not in tensor.device:
        raise Failure("no_device", "the first tensor is on %s" % tensor.device)


def _expect_answer(tf, answer):
    _expect_on_gpu(answer)
    finite = bool(tf.reduce_all(tf.math.is_finite(answer)).numpy())
    if tuple(answer.shape) != (1, _CLASSES) or not finite:
        raise Failure("corrupt", "the network's answer is not %d finite numbers" % _CLASSES)


if __name__ == "__main__":
    sys.exit(main())
