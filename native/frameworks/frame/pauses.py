"""Waiting for others: the launcher's barrier, and an observer between phases.

Both are in docs/protocol.md, "The launcher" and "Pausing". They share the descriptors 3 and 4.
"""

import os

from frame.lines import write_whole

_REPORT = 3
_GATE = 4


def wait_at_barrier():
    """Says that this instance is ready, and waits until all are."""
    if os.environ.get("CUDAPROBE_BARRIER") != "1":
        return
    if not write_whole(_REPORT, "\0"):
        return  # nobody asked
    os.close(_REPORT)
    while _read_byte():
        pass
    os.close(_GATE)


class Pauses:
    """The pauses that CUDAPROBE_PAUSE_AFTER asks for. Without it nothing here does anything."""

    def __init__(self):
        wanted = os.environ.get("CUDAPROBE_PAUSE_AFTER")
        self._looked_at = wanted is not None and "CUDAPROBE_BARRIER" not in os.environ
        self._wanted = wanted.split(",") if self._looked_at else []
        if self._looked_at:
            _keep_from_children()

    def after(self, phase, ended_at, requested_bytes):
        """`phase` ended at `ended_at`: says so and waits, where that is wanted.

        `requested_bytes` is a function that tells what was asked for by now, or None.
        """
        if phase not in self._wanted:
            return
        requested = requested_bytes()
        more = "" if requested is None else " %d" % requested
        write_whole(_REPORT, "paused %s %d%s\n" % (phase, ended_at, more))
        if not _read_byte():
            self._wanted = []

    def finish(self, failure):
        """Says how the probe ended; `failure` is None where none did."""
        if not self._looked_at:
            return
        if failure is None:
            words = ("success", None, None, None)
        else:
            words = (failure.outcome, failure.reason, failure.code, failure.phase)
        write_whole(_REPORT, "ended %s %s %s %s\n" % tuple(word or "-" for word in words))


def _keep_from_children():
    """What a library starts must not keep them open."""
    for descriptor in (_REPORT, _GATE):
        try:
            os.set_inheritable(descriptor, False)
        except OSError:
            pass  # nobody has opened it, and so nobody looks


def _read_byte():
    try:
        return len(os.read(_GATE, 1)) == 1
    except OSError:
        return False
