#!/usr/bin/env python3
"""Does the daemon slow down who works on the GPU? One process works all the time; windows without the
daemon and with it take turns, in shuffled order within each round, and before each the work goes on
unmeasured for a while, in which the daemon ends or makes its first runs. Needs PyTorch with CUDA.

    perturbation.py [--work=resnet50] [--rounds=4] [--seconds=60] [--settle=15] [--log=FILE] \\
      -- cudaprobe serve > perturbation.json

Prints the ratio of the medians and of the 99th percentiles of an iteration, with to without, of all
windows together; the same between two halves of the windows without, which is what chance does; and
each window.
"""

import argparse
import json
import random
import sys
import time

import disturber
from perturbed_work import WORK

_QUANTILES = (0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 1)


def main():
    flags = parse()
    import torch

    work = WORK[flags.work](torch, torch.device("cuda", 0))
    work_for(work, flags.settle)
    windows = [window for order in plan(flags) for window in measure(order, work, flags)]
    print(json.dumps(report(windows, flags, torch), indent=1))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", choices=WORK, default="resnet50")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--settle", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", default="perturbation.log", help="what the daemon says")
    parser.add_argument("daemon", nargs="+")
    return parser.parse_args()


def plan(flags):
    """For each round, which of its two windows has the daemon."""
    shuffled = random.Random(flags.seed)
    return [shuffled.sample((False, True), 2) for _ in range(flags.rounds)]


def measure(order, work, flags):
    """The two windows of a round."""
    for with_daemon in order:
        window = measure_with if with_daemon else measure_without
        yield window(work, flags)


def measure_without(work, flags):
    work_for(work, flags.settle)
    return {"daemon": False, "runs": {}, "seconds": work_for(work, flags.seconds)}


def measure_with(work, flags):
    daemon = disturber.start(flags.daemon, flags.log)
    work_for(work, flags.settle)
    before = disturber.runs(flags.log)
    seconds = work_for(work, flags.seconds)
    after = disturber.runs(flags.log)
    disturber.end(daemon)
    made = {key: count - before.get(key, 0) for key, count in after.items()}
    return {"daemon": True, "runs": made, "seconds": seconds}


def work_for(work, seconds):
    """Works for so long, and gives the seconds of each iteration."""
    durations = []
    end = time.perf_counter() + seconds
    before = time.perf_counter()
    while before < end:
        work()
        after = time.perf_counter()
        durations.append(after - before)
        before = after
    return durations


def report(windows, flags, torch):
    without = [window["seconds"] for window in windows if not window["daemon"]]
    with_daemon = [window["seconds"] for window in windows if window["daemon"]]
    return {
        "gpu": torch.cuda.get_device_name(0),
        "torch": torch.__version__,
        "work": flags.work,
        "measured_seconds": {"without": total(without), "with": total(with_daemon)},
        "ratios": ratios(without, with_daemon),
        "chance": ratios(without[0::2], without[1::2]),
        "windows": [{**window, "seconds": summarize(window["seconds"])} for window in windows],
    }


def total(windows):
    return round(sum(map(sum, windows)), 1)


def ratios(before, after):
    """{"0.5": ratio of medians, ...}, of all iterations of the windows together."""
    left, right = sorted(sum(before, [])), sorted(sum(after, []))
    if not left or not right:
        return None
    named = {str(share): quantile(right, share) / quantile(left, share) for share in _QUANTILES}
    return {**named, "mean": mean(right) / mean(left)}


def summarize(seconds):
    ordered = sorted(seconds)
    named = {str(share): quantile(ordered, share) for share in _QUANTILES}
    return {"iterations": len(seconds), "mean": mean(seconds), **named}


def mean(seconds):
    return sum(seconds) / len(seconds)


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    sys.exit(main())
