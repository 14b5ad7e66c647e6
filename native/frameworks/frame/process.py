"""This process: what it has used so far, its signals and its standard output."""

import collections
import ctypes
import os
import resource
import signal
import time

_PR_SET_PDEATHSIG = 1

#: Nanoseconds of CLOCK_MONOTONIC, nanoseconds of CPU time, page faults that needed the disk.
Reading = collections.namedtuple("Reading", "at cpu major_faults")


def read_before_work():
    """The clock is read last, so that a phase begins when everything else is done,"""
    _, cpu, major_faults = _read_usage(0)
    return Reading(_read_clock(), cpu, major_faults)


def read_after_work():
    """and first, so that it ends before anything else is."""
    return _read_usage(_read_clock())


def hold_signals():
    """Blocks SIGTERM, which is looked for between phases, and asks for it when the parent dies.

    Threads that a library starts later inherit the block.
    """
    parent = os.getppid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # It may have died before it could be asked about.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def is_cancelled():
    """Whether SIGTERM has come."""
    return signal.SIGTERM in signal.sigpending()


def keep_output():
    """The descriptor of what was standard output; that is standard error from now on.

    Libraries print, and what they print is no line of the protocol.
    """
    kept = os.dup(1)
    os.dup2(2, 1)
    return kept


def _read_clock():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC)


def _read_usage(at):
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = round((usage.ru_utime + usage.ru_stime) * 1_000_000_000)
    return Reading(at, cpu, usage.ru_majflt)
