"""The framework that a probe starts: importing it, and what is known of it."""

import importlib
import importlib.util
import os
import sys

from frame.failure import Failure, skipped


def import_framework(name, packages):
    """The module `name`. Skipped where one of its own `packages` is not installed.

    One that is there and cannot be imported is a failure.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.partition(".")[0] not in packages:
            raise
        raise skipped("framework_missing", "%s: %s" % (sys.executable, error)) from error


def expect_environment(name, wanted):
    """Refuses to run unless the variable has the value `wanted`; None stands for none."""
    if os.environ.get(name) != wanted:
        state = "not be set" if wanted is None else "be %s" % wanted
        raise Failure("unsafe_environment", "%s has to %s" % (name, state))


def report_framework(probe, framework):
    """What the phase `import` depends on."""
    python = "%d.%d.%d" % sys.version_info[:3]
    labels = {"version": str(framework.__version__), "python": python}
    probe.sample("framework_version", 1, labels)
    probe.sample("bytecode_missing", 0 if _has_bytecode(framework) else 1)


def _has_bytecode(framework):
    """Whether the next import finds it compiled: if it was not before, this one has tried to.

    What holds for the package's first file holds for those beside it.
    """
    cached = framework.__spec__.cached
    try:
        with open(cached, "rb") as file:
            header = file.read(16)
        source = os.stat(framework.__spec__.origin)
    except (OSError, TypeError):
        return False
    return _is_current(header, source)


def _is_current(header, source):
    if header[:4] != importlib.util.MAGIC_NUMBER:
        return False
    if int.from_bytes(header[4:8], "little") != 0:
        return True  # it has a hash of the source in place of its time
    stamp, size = (int.from_bytes(header[at : at + 4], "little") for at in (8, 12))
    return stamp == int(source.st_mtime) & 0xFFFFFFFF and size == source.st_size & 0xFFFFFFFF
