#!/usr/bin/python3
"""The start of an engine as cudaprobe times it: `runtime: command`, by the protocol of docs/protocol.md."""
import json
import os
import time

started = time.monotonic()
lines = os.fdopen(os.dup(1), "w", buffering=1)  # for the protocol alone,
os.dup2(2, 1)  # since libraries print


def say(kind, **fields):
    instance = int(os.environ.get("CUDAPROBE_INSTANCE", "0"))
    lines.write(json.dumps({"type": kind, "instance": instance, **fields}) + "\n")


def phase(name, work):
    say("begin", phase=name, at_seconds=time.monotonic())
    cpu, value = time.process_time(), work()
    say("end", phase=name, at_seconds=time.monotonic(), cpu_seconds=time.process_time() - cpu)
    return value


say("hello", protocol=1, probe="engine", pid=os.getpid(), build="1")
say("end", phase="spawn", at_seconds=started)
engine = phase("import", lambda: __import__("statistics"))  # your engine,
model = phase("load_model", lambda: [float(number) for number in range(1000)])  # its model,
phase("first_inference", lambda: engine.fmean(model))  # and its first answer
say("result", outcome="success")
