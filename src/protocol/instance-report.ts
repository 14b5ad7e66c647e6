import { toInterval } from "./apply.ts";
import type { InstanceState } from "./instance-state.ts";
import type { LineOf } from "./line.ts";
import type { InstanceReport, PhaseInterval, ProbeResult, Reaped } from "./report.ts";

/** What an instance has said so far as a report, with the two phases that the launcher bounds. */
export function toInstanceReport(instance: number, state: InstanceState): InstanceReport {
  const { spawned, hello, open, result, reaped } = state;
  return {
    instance,
    ...(spawned && { pid: spawned.pid, spawnedAtSeconds: spawned.at_seconds }),
    ...(hello && { build: hello.build }),
    phases: [...spawnPhase(state), ...state.phases, ...exitPhase(state)],
    ...(open && { openPhase: open.phase }),
    samples: [...state.samples],
    ...(result && { result: toResult(result) }),
    ...(reaped && { reaped: toReaped(reaped) }),
  };
}

function spawnPhase({ spawned, spawnEnd }: InstanceState): readonly PhaseInterval[] {
  if (spawned === undefined || spawnEnd === undefined) return [];
  return [toInterval(spawnEnd, spawned.at_seconds)];
}

/** Only what came after a result is an exit: an instance that ended before it was still at work. */
function exitPhase({ spawnEnd, phases, open, result, reaped }: InstanceState): PhaseInterval[] {
  const began = phases.at(-1)?.endedAtSeconds ?? spawnEnd?.at_seconds;
  if (result === undefined || open !== undefined) return [];
  if (reaped === undefined || began === undefined) return [];
  return [{ phase: "exit", beganAtSeconds: began, endedAtSeconds: reaped.at_seconds }];
}

function toResult({ type: _type, instance: _instance, ...result }: LineOf<"result">): ProbeResult {
  return result;
}

function toReaped(line: LineOf<"reaped">): Reaped {
  return {
    atSeconds: line.at_seconds,
    ...(line.exit_code === undefined ? {} : { exitCode: line.exit_code }),
    ...(line.signal === undefined ? {} : { signal: line.signal }),
    cpuSeconds: line.cpu_seconds,
    majorFaults: line.major_faults,
    maxRssBytes: line.max_rss_bytes,
  };
}
