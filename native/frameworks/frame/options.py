"""A probe's options: --key=value and nothing else."""

import collections
import re
import sys

_UUID = re.compile(r"GPU-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_USAGE_EXIT = 2

#: The UUID of the device, and whether a context of MPS is wanted (else one is refused).
Options = collections.namedtuple("Options", "device mps")


def read_options(arguments):
    """What the command line asks for. Ends the process when it is malformed.

    `arguments` as sys.argv has them: the first is the program's own name.
    """
    given = {}
    for argument in arguments[1:]:
        key, equals, value = argument.partition("=")
        if key not in ("--device", "--mps") or not equals or given.get(key) is not None:
            _refuse(arguments[0], "%s is unknown or given twice" % argument)
        given[key] = value
    device, mps = given.get("--device", ""), given.get("--mps", "false")
    if not _UUID.fullmatch(device):
        _refuse(arguments[0], "--device must be GPU- and a UUID in lower case")
    if mps not in ("true", "false"):
        _refuse(arguments[0], "--mps must be true or false")
    return Options(device, mps == "true")


def _refuse(program, why):
    usage = "usage: %s --device=GPU-uuid [--mps=true|false]" % program
    print("%s: %s\n%s" % (program, why, usage), file=sys.stderr)
    sys.exit(_USAGE_EXIT)
