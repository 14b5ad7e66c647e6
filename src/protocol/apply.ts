import type { InstanceState } from "./instance-state.ts";
import type { Line, LineOf } from "./line.ts";
import type { PhaseInterval } from "./report.ts";
import { stampsOf } from "./stamps.ts";

/** Adds a line that breaks no rule to what its instance has said. */
export function applyLine(state: InstanceState, line: Line): void {
  noteStamps(state, line);
  switch (line.type) {
    case "spawned":
      state.spawned = line;
      return;
    case "reaped":
      state.reaped = line;
      return;
    case "hello":
      state.hello = line;
      return;
    case "begin":
      state.open = line;
      return;
    case "end":
      applyEnd(state, line);
      return;
    case "sample":
      state.samples.push({ name: line.name, value: line.value, labels: line.labels ?? {} });
      return;
    case "result":
      state.result = line;
      return;
    case "released":
  }
}

function noteStamps(state: InstanceState, line: Line): void {
  const stamps = stampsOf(line);
  state.firstStamp ??= stamps[0];
  state.lastStamp = stamps.at(-1) ?? state.lastStamp;
}

function applyEnd(state: InstanceState, line: LineOf<"end">): void {
  if (line.phase === "spawn") {
    state.spawnEnd = line;
    return;
  }
  const began = line.began_at_seconds ?? state.open?.at_seconds ?? line.at_seconds;
  state.phases.push(toInterval(line, began));
  state.open = undefined;
}

/** The interval that an `end` closes. */
export function toInterval(line: LineOf<"end">, beganAtSeconds: number): PhaseInterval {
  const { phase, at_seconds, cpu_seconds, major_faults } = line;
  return {
    phase,
    beganAtSeconds,
    endedAtSeconds: at_seconds,
    ...(cpu_seconds === undefined ? {} : { cpuSeconds: cpu_seconds }),
    ...(major_faults === undefined ? {} : { majorFaults: major_faults }),
  };
}
