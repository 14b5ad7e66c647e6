import { isHeldByOthers, type EndedRun, type RunRecord } from "../history/record.ts";
import { runId } from "../history/run-id.ts";
import type { Family } from "../probes/family.ts";
import {
  cpuSeconds,
  gpuSeconds,
  hidesContexts,
  runSeconds,
  startedProcess,
  transferredBytes,
} from "../history/run-costs.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Scope } from "./scope.ts";
import type { SeriesObservation } from "./store.ts";
import { onDevice, runLabels } from "./target-series.ts";

const FAILURE_INFO = "cudaprobe_run_last_failure_info";

/** Puts a record into the series of its target: counters, what the last run came to, and what the kind makes of a success. */
export function writeRecord(record: RunRecord, scope: Scope): void {
  if (record.type === "skip") {
    writeSkip(record, record.reason, scope);
    return;
  }
  writeCosts(record, scope);
  switch (record.end.outcome) {
    case "success":
      writeSuccess(record, scope);
      return;
    case "skipped":
      writeSkip(record, reasonOf(record), scope);
      return;
    case "failure":
    case "timeout":
    case "hung":
    case "crashed":
    case "bad_output":
    case "not_started":
      writeFailure(record, scope);
  }
}

/** Removes what was measured by the target's last run and is not known of it any more. */
export function removeLast(families: readonly Family[], scope: Scope): void {
  scope.replace(isOneOf(families.filter((family) => family.last === true)), []);
}

/** What an MPS daemon's first client cost, and the other starts of a run of several, is a cost of the run that they were made for. */
function writeCosts(record: EndedRun, scope: Scope): void {
  const labels = runLabels(record.target);
  const { end, firstClient } = record;
  const hides = hidesContexts(record.target);
  const ends = [firstClient ?? [], (end.companions ?? []).map((one) => one.end), end].flat();
  const costs: readonly (readonly [string, (end: RunEnd) => number])[] = [
    ["cudaprobe_run_seconds_total", runSeconds],
    ["cudaprobe_run_cpu_seconds_total", cpuSeconds],
    ["cudaprobe_run_gpu_seconds_total", (one) => gpuSeconds(one, hides)],
    ["cudaprobe_run_transferred_bytes_total", transferredBytes],
  ];
  const runs = ends.some(startedProcess) ? 1 : 0;
  scope.write({ family: "cudaprobe_runs_total", labels, value: runs });
  for (const [family, cost] of costs) {
    const value = ends.reduce((sum, one) => sum + cost(one), 0);
    scope.write({ family, labels, value });
  }
}

function writeSkip(record: RunRecord, reason: string, scope: Scope): void {
  const labels = runLabels(record.target);
  scope.write({ family: "cudaprobe_run_skips_total", labels: { ...labels, reason }, value: 1 });
  scope.write({
    family: "cudaprobe_run_last_skip_timestamp_seconds",
    labels,
    value: record.atSeconds,
  });
  if (!isThinned(record)) removeLast(record.target.probe.kind.families, scope);
}

/** The budget makes a schedule sparser, and says nothing of the host: what was measured stays until it is too old. */
export function isThinned(record: RunRecord): boolean {
  return record.type === "skip" && record.reason === "budget";
}

function writeFailure(record: EndedRun, scope: Scope): void {
  const labels = runLabels(record.target);
  const reason = reasonOf(record);
  const { phase = "", code = "" } = record.end;
  scope.write({
    family: "cudaprobe_run_failures_total",
    labels: { ...labels, reason },
    value: 1,
  });
  scope.replace(isFailureInfo, [
    { family: FAILURE_INFO, labels: { ...labels, reason, phase, code }, value: 1 },
  ]);
  writeEnd(record, 0, scope);
  removeLast(record.target.probe.kind.families, scope);
}

function writeSuccess(record: EndedRun, scope: Scope): void {
  const { target, end, circumstances } = record;
  const { kind, measurement, name } = target.probe;
  scope.replace(isFailureInfo, []);
  writeEnd(record, 1, scope);
  scope.write({
    family: "cudaprobe_run_last_success_timestamp_seconds",
    labels: runLabels(target),
    value: record.atSeconds,
  });
  const observations = measurement.observe({
    probe: name,
    end,
    cacheMiss: circumstances.cacheMiss,
    gpuHeldByOthers: isHeldByOthers(circumstances),
  });
  const gauges = kind.families.filter((family) => family.type === "gauge");
  const exemplar = { labels: { run_id: runId(record) }, atSeconds: record.atSeconds };
  const written = onDevice(target, observations).map((one) => ({ ...one, exemplar }));
  writeObservations(scope, gauges, written);
}

/** A gauge that this run said nothing about would go on telling of the run before. */
function writeObservations(
  scope: Scope,
  gauges: readonly Family[],
  observations: readonly SeriesObservation[],
): void {
  scope.replace(isOneOf(gauges), observations);
}

function writeEnd(record: EndedRun, success: number, scope: Scope): void {
  const labels = runLabels(record.target);
  scope.write({ family: "cudaprobe_run_success", labels, value: success });
  scope.write({
    family: "cudaprobe_run_last_timestamp_seconds",
    labels,
    value: record.atSeconds,
  });
}

function reasonOf(record: EndedRun): string {
  return record.end.reason ?? record.end.outcome;
}

function isFailureInfo(family: string): boolean {
  return family === FAILURE_INFO;
}

function isOneOf(families: readonly Family[]): (family: string) => boolean {
  const names = new Set(families.map((family) => family.name));
  return (family) => names.has(family);
}
