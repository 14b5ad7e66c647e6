import type { HostRuns } from "../history/host-runs.ts";
import { tail } from "../history/outline.ts";
import type { EndedRun, RunRecord, SkippedRun } from "../history/record.ts";
import { runId } from "../history/run-id.ts";
import { intervalSeconds } from "../protocol/intervals.ts";
import type { StatusView } from "./status.ts";

/** The answer of `/api/runs`, as docs/api.md has it: names as in the metrics and the log, what is not known left out. */
export function runsJson(
  { runs, failures }: HostRuns,
  { atSeconds, backend }: Pick<StatusView, "atSeconds" | "backend">,
): Readonly<Record<string, unknown>> {
  return {
    schema: "cudaprobe-runs/1",
    at_seconds: milliseconds(atSeconds),
    backend,
    runs: runs.map(runJson),
    failures: failures.map((run) => ({ ...runJson(run), ...tails(run) })),
  };
}

function runJson(record: RunRecord): Readonly<Record<string, unknown>> {
  const { probe, device } = record.target;
  return {
    ...(record.type === "run" && { run_id: runId(record) }),
    probe: probe.name,
    kind: probe.kind.name,
    ...(device && { gpu: device.gpu, gpu_uuid: device.gpuUuid, mig_uuid: device.migUuid }),
    ...(record.type === "skip" ? skipJson(record) : endJson(record)),
  };
}

function skipJson({ reason, message, atSeconds }: SkippedRun): Readonly<Record<string, unknown>> {
  const ended = milliseconds(atSeconds);
  return { outcome: "skipped", reason, message, ended_at_seconds: ended, phases: [] };
}

function endJson(run: EndedRun): Readonly<Record<string, unknown>> {
  const { end, atSeconds, circumstances } = run;
  const { outcome, reason, phase, code, message } = end;
  const duration = end.endedAtSeconds - end.startedAtSeconds;
  return {
    outcome,
    reason,
    phase,
    code,
    message,
    started_at_seconds: milliseconds(atSeconds - duration),
    ended_at_seconds: milliseconds(atSeconds),
    duration_seconds: nanoseconds(duration),
    time_to_first_result_seconds: firstResult(run),
    cache_miss: circumstances.cacheMiss,
    phases: phasesJson(run),
  };
}

function firstResult({ target, end }: EndedRun): number | undefined {
  if (end.outcome !== "success") return undefined;
  const seconds = target.probe.measurement.headline?.seconds(end);
  return seconds === undefined ? undefined : nanoseconds(seconds);
}

/** The phases that ended, of each of the run's processes. */
function phasesJson({ end }: EndedRun): readonly Readonly<Record<string, unknown>>[] {
  return end.report.instances.flatMap(({ instance, phases }) =>
    phases.map((interval) => ({
      instance,
      phase: interval.phase,
      duration_seconds: nanoseconds(intervalSeconds(interval)),
    })),
  );
}

function tails({ end }: EndedRun): Readonly<Record<string, string>> {
  return { transcript: tail(end.transcript.join("\n")), stderr: tail(end.stderr) };
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1e3) / 1e3;
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e9;
}
