"""The lines of docs/protocol.md: one JSON object each, written with one write."""

import json
import math
import os

_MESSAGE_BYTES = 1024


def write_line(descriptor, kind, fields):
    """Writes one line. `fields` are pairs of a key and a value; what is None is left out.

    False when nobody reads any more.
    """
    instance = int(os.environ.get("CUDAPROBE_INSTANCE", "0"))
    known = [(key, value) for key, value in fields if value is not None]
    pairs = [("type", kind), ("instance", instance)] + known
    texts = ["%s:%s" % (json.dumps(key), _to_json(value)) for key, value in pairs]
    return write_whole(descriptor, "{%s}\n" % ",".join(texts))


def write_whole(descriptor, text):
    """One write is all it takes on a pipe; False when nobody reads it."""
    rest = text.encode("utf-8", "replace")
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError:
        return False
    return True


class Seconds:
    """Nanoseconds, which a line tells as seconds with nine decimals."""

    def __init__(self, nanoseconds):
        self.nanoseconds = nanoseconds

    def __str__(self):
        return "%d.%09d" % divmod(self.nanoseconds, 1_000_000_000)


def message(text):
    """A sentence for people on one line, of at most so many bytes as the protocol allows."""
    visible = "".join(character if character.isprintable() else " " for character in text)
    bounded = " ".join(visible.split()).encode("utf-8", "replace")[:_MESSAGE_BYTES]
    return bounded.decode("utf-8", "ignore") or None


def is_number(value):
    """Whether a sample can have this value."""
    return isinstance(value, (int, float)) and math.isfinite(value)


def _to_json(value):
    return str(value) if isinstance(value, Seconds) else json.dumps(value, ensure_ascii=False)
