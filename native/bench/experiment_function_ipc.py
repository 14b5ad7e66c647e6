#!/usr/bin/env python3
"""Passing a tensor on as the experiment of StreamBox does, so that function_ipc can be compared with it.

Two processes, both warm, one TCP connection over the loopback. From before `tensor.cpu()` in the one
to after `.cuda()` and a synchronize in the other, on the clock that both share. Two things are not as
in the experiment: the receiver reads until it has everything (one recv() returns a part of what was
sent, and the experiment ends with an error), and the time is taken at all.

Prints a line of JSON for each size: the seconds of every sample, and of their median the rate. Needs
PyTorch with CUDA.
"""

import argparse
import json
import multiprocessing
import socket
import statistics
import struct
import time

WARM_UPS = 3


def receive_all(connection, size):
    """The next `size` bytes of a connection."""
    received = bytearray(size)
    view = memoryview(received)
    at = 0
    while at < size:
        count = connection.recv_into(view[at:])
        if count == 0:
            raise ConnectionError("the producer hung up")
        at += count
    return received


def send_tensor(connection, tensor):
    """The number of bytes, the number of dimensions, each dimension, the elements."""
    array = tensor.cpu().numpy()
    connection.sendall(struct.pack("<I", array.nbytes))
    connection.sendall(struct.pack("<I", array.ndim))
    for dimension in array.shape:
        connection.sendall(struct.pack("<I", dimension))
    connection.sendall(array.tobytes())


def receive_tensor(connection):
    import numpy
    import torch

    (size,) = struct.unpack("<I", receive_all(connection, 4))
    (dimensions,) = struct.unpack("<I", receive_all(connection, 4))
    shape = struct.unpack(f"<{dimensions}I", receive_all(connection, 4 * dimensions))
    array = numpy.frombuffer(receive_all(connection, size), dtype=numpy.float32).reshape(shape)
    tensor = torch.from_numpy(array).cuda()
    torch.cuda.synchronize()
    return tensor


def consume(port, answers):
    """Receives tensors until the producer hangs up; answers with when each had arrived, and a sum."""
    import torch

    torch.zeros(1).cuda()
    torch.cuda.synchronize()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while True:
            try:
                tensor = receive_tensor(connection)
            except ConnectionError:
                return
            answers.put((time.monotonic_ns(), float(tensor.sum())))


def measure(connection, answers, size, samples):
    """The seconds that passing on a tensor of `size` bytes took, sample by sample."""
    import torch

    seconds = []
    for sample in range(WARM_UPS + samples):
        tensor = torch.full((size // 4,), float(sample + 1), device="cuda")
        torch.cuda.synchronize()
        began = time.monotonic_ns()
        send_tensor(connection, tensor)
        ended, total = answers.get(timeout=120)
        if abs(total / (size // 4) - (sample + 1)) > 1e-3:
            raise ValueError("what arrived is not what was sent")
        if sample >= WARM_UPS:
            seconds.append((ended - began) / 1e9)
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="4096,65536,1048576,4194304,16777216,67108864,268435456")
    parser.add_argument("--samples", type=int, default=11)
    arguments = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    with socket.create_server(("127.0.0.1", 0)) as server:
        consumer = context.Process(target=consume, args=(server.getsockname()[1], answers))
        consumer.start()
        connection, _ = server.accept()
    with connection:
        for size in map(int, arguments.sizes.split(",")):
            seconds = measure(connection, answers, size, arguments.samples)
            median = statistics.median(seconds)
            figures = {"median_seconds": median, "median_bytes_per_second": size / median}
            print(json.dumps({"size_bytes": size, **figures, "seconds": seconds}), flush=True)
    consumer.join()


if __name__ == "__main__":
    main()
