"""A probe's run, from the end of its interpreter's start to its exit code."""

import json
import os
import sys

from frame import process
from frame.failure import Failure, Unheard
from frame.lines import Seconds, is_number, message, write_line
from frame.options import read_options
from frame.pauses import Pauses, wait_at_barrier
from frame.reasons import to_failure

_PROTOCOL = 1
_EXITS = {"success": 0, "failure": 1, "skipped": 77}


def run(name, body):
    """Runs `body(probe, options)` as the probe `name`, and returns what main is to exit with.

    What it raises becomes the result. The phase `spawn` ends where this begins.
    """
    probe = Probe(name)
    options = read_options(sys.argv)
    try:
        probe.start()
        body(probe, options)
    except Unheard:
        return _EXITS["failure"]
    except BaseException as error:  # a library may even ask the interpreter to exit
        return probe.finish(to_failure(error))
    return probe.finish(None)


class Probe:
    """Says what happens, when, and how it ended. Phases follow one another."""

    def __init__(self, name):
        self._spawned = process.read_after_work()
        self._name = name
        self._phase = None
        self._output = process.keep_output()
        self._pauses = Pauses()
        #: Tells how many bytes of the device were asked for by now, once that is known.
        self.requested_bytes = lambda: None
        process.hold_signals()

    def start(self):
        """Says hello, and waits at the launcher's barrier."""
        hello = [("protocol", _PROTOCOL), ("probe", self._name)]
        self._write("hello", hello + [("pid", os.getpid()), ("build", _read_build())])
        spawned = self._spawned
        usage = [("cpu_seconds", Seconds(spawned.cpu)), ("major_faults", spawned.major_faults)]
        self._write("end", [("phase", "spawn"), ("at_seconds", Seconds(spawned.at))] + usage)
        wait_at_barrier()

    def phase(self, name):
        """A context in which one phase happens. What is raised in it ends the run in that phase."""
        return _Phase(self, name)

    def sample(self, name, value, labels=None):
        """Reports a value. One that is no finite number is left out."""
        if is_number(value):
            self._write("sample", [("name", name), ("value", value), ("labels", labels)])

    def finish(self, failure):
        """Writes the result, and returns the exit code that mirrors it."""
        outcome = "success" if failure is None else failure.outcome
        fields = [("outcome", outcome)]
        if failure is not None:
            # SIGTERM is found between two phases.
            failure.phase = None if failure.reason == "cancelled" else self._phase
            fields += [("reason", failure.reason), ("phase", failure.phase)]
            fields += [("code", failure.code), ("message", message(failure.message))]
        heard = write_line(self._output, "result", fields)
        self._pauses.finish(failure)
        return _EXITS[outcome] if heard else _EXITS["failure"]

    def begin(self, phase):
        """Says that `phase` begins, unless the run is to end."""
        if process.is_cancelled():
            raise Failure("cancelled", "SIGTERM came")
        self._phase = phase
        at = process.read_after_work().at
        self._write("begin", [("phase", phase), ("at_seconds", Seconds(at))])

    def end(self, began, ended):
        """Says that the phase has ended, and lets an observer look."""
        fields = [("phase", self._phase), ("at_seconds", Seconds(ended.at))]
        fields += [("began_at_seconds", Seconds(began.at))]
        fields += [("cpu_seconds", Seconds(ended.cpu - began.cpu))]
        fields += [("major_faults", ended.major_faults - began.major_faults)]
        self._write("end", fields)
        self._pauses.after(self._phase, ended.at, self.requested_bytes)

    def _write(self, kind, fields):
        if not write_line(self._output, kind, fields):
            raise Unheard


class _Phase:
    def __init__(self, probe, name):
        self._probe = probe
        self._name = name
        self._began = None

    def __enter__(self):
        self._probe.begin(self._name)
        self._began = process.read_before_work()

    def __exit__(self, kind, error, trace):
        ended = process.read_after_work()
        if error is None:
            self._probe.end(self._began, ended)


def _read_build():
    """The version of the package that this file is a part of."""
    package = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../package.json")
    try:
        with open(package, encoding="utf-8") as file:
            return str(json.load(file)["version"])
    except (OSError, ValueError, KeyError):
        return "unknown"
