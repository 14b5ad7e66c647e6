"""The daemon whose disturbance is measured: started, asked, ended."""

import re
import signal
import subprocess
import time
import urllib.request

_END_SECONDS = 30
_LISTEN_SECONDS = 30
_COUNTERS = (("runs", "run"), ("run_failures", "failure"), ("run_skips", "skip"))


def start(command, log):
    """A process of its own; what it says is then in the file `log`."""
    with open(log, "w") as output:
        return subprocess.Popen(command, stdout=output, stderr=output)


def end(process):
    """As a service manager ends it."""
    process.send_signal(signal.SIGTERM)
    code = process.wait(_END_SECONDS)
    if code != 0:
        raise RuntimeError("the daemon ended with %d" % code)


def runs(log):
    """What was counted so far: {"cold_start run": 3, "function_ipc skip busy": 1}."""
    with urllib.request.urlopen("http://%s/metrics" % _address(log), timeout=5) as answer:
        text = answer.read().decode()
    counts = {}
    for name, what in _COUNTERS:
        pattern = r"^cudaprobe_%s_total\{(.*)\} (\d+)$" % name
        for labels, value in re.findall(pattern, text, re.MULTILINE):
            values = dict(re.findall(r'(\w+)="([^"]*)"', labels))
            key = " ".join(filter(None, (values["probe"], what, values.get("reason"))))
            if what == "run" or int(value) > 0:
                counts[key] = int(value)
    return counts


def _address(log):
    """Where it listens, once it says so."""
    end = time.monotonic() + _LISTEN_SECONDS
    while time.monotonic() < end:
        with open(log) as lines:
            found = re.search(r'msg=listening.* address="?([^" ]+)', lines.read())
        if found:
            return found[1].replace("[::]", "127.0.0.1")
        time.sleep(0.1)
    raise RuntimeError("the daemon does not listen: see %s" % log)
