import type { Target } from "../config/config.ts";
import type { Device } from "../devices/device.ts";
import type { RunRecord } from "../history/record.ts";
import { createProbeSeries } from "./probe-series.ts";
import { createProjection, type Projection } from "./projection.ts";
import { startedProcess } from "../history/run-costs.ts";
import { isThinned, removeLast, writeRecord } from "./run-record.ts";
import { createScope, type Scope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";
import { runLabels, targetSignature, targetZeros } from "./target-series.ts";

/** After how many periods the figures of a run are too old to be scraped as the present. */
const PERIODS_TO_LIVE = 3;

const RETRY = "cudaprobe_run_retry_timestamp_seconds";

/** The series of all targets. */
export interface RunSeries {
  /** Makes the series of new targets exist, and removes those of targets that are gone or are not what they were. */
  readonly setTargets: (
    targets: readonly Target[],
    intervalSeconds: ReadonlyMap<string, number>,
  ) => void;
  /** Takes what is known of the devices now. */
  readonly setDevices: (devices: readonly Device[]) => void;
  /** Counts a run; one of a target that is gone by now is left out. */
  readonly record: (record: RunRecord) => void;
  /** Takes when a target is tried again, in seconds since 1970; undefined when that is by its schedule. */
  readonly setRetry: (target: Target, atSeconds: number | undefined) => void;
  /** Removes what was measured more than three periods before this moment of the monotonic clock. */
  readonly expire: (nowSeconds: number) => void;
}

interface Entry {
  readonly target: Target;
  readonly signature: string;
  readonly scope: Scope;
  readonly projection: Projection;
  /** Seconds of the monotonic clock; undefined when there is nothing to expire. */
  measuredAtSeconds: number | undefined;
}

/** No targets yet. */
export function createRunSeries(store: SeriesStore): RunSeries {
  const probes = createProbeSeries(store);
  const entries = new Map<string, Entry>();
  let periods: ReadonlyMap<string, number> = new Map();
  let devices: readonly Device[] = [];
  return {
    setTargets: (targets, intervalSeconds) => {
      periods = intervalSeconds;
      const wanted = new Map(targets.map((target) => [target.id, targetSignature(target)]));
      removeGone(entries, wanted);
      for (const target of targets) {
        if (!entries.has(target.id)) entries.set(target.id, createEntry(target, store, devices));
      }
      probes.setTargets(targets, intervalSeconds);
    },
    setDevices: (next) => {
      devices = next;
      for (const { projection } of entries.values()) projection.setDevices(devices);
    },
    record: (record) => {
      const entry = entries.get(record.target.id);
      if (entry === undefined || !isSameTarget(entry, record.target)) return;
      writeRecord(record, entry.scope);
      if (isThinned(record)) return;
      entry.projection.record(record);
      entry.measuredAtSeconds = measuredAtSeconds(record);
      if (record.type === "run" && startedProcess(record.end)) {
        probes.observeLaneWait(record.target.probe.kind, record.circumstances.laneWaitSeconds);
      }
    },
    setRetry: (target, atSeconds) => {
      const labels = runLabels(target);
      const series = atSeconds === undefined ? [] : [{ family: RETRY, labels, value: atSeconds }];
      entries.get(target.id)?.scope.replace((family) => family === RETRY, series);
    },
    expire: (nowSeconds) => {
      for (const entry of entries.values()) expireEntry(entry, periods, nowSeconds);
    },
  };
}

function createEntry(target: Target, store: SeriesStore, devices: readonly Device[]): Entry {
  const scope = createScope(store);
  for (const zero of targetZeros(target)) scope.zero(zero);
  return {
    target,
    signature: targetSignature(target),
    scope,
    projection: createProjection(target, store, devices),
    measuredAtSeconds: undefined,
  };
}

function removeGone(entries: Map<string, Entry>, wanted: ReadonlyMap<string, string>): void {
  for (const [id, entry] of entries) {
    if (wanted.get(id) === entry.signature) continue;
    entry.scope.clear();
    entry.projection.clear();
    entries.delete(id);
  }
}

function isSameTarget(entry: Entry, target: Target): boolean {
  return entry.target === target || entry.signature === targetSignature(target);
}

function measuredAtSeconds(record: RunRecord): number | undefined {
  const succeeded = record.type === "run" && record.end.outcome === "success";
  return succeeded ? record.end.endedAtSeconds : undefined;
}

function expireEntry(entry: Entry, periods: ReadonlyMap<string, number>, nowSeconds: number): void {
  const { probe } = entry.target;
  const period = periods.get(probe.name);
  if (period === undefined || entry.measuredAtSeconds === undefined) return;
  if (nowSeconds <= entry.measuredAtSeconds + PERIODS_TO_LIVE * period) return;
  removeLast(probe.kind.families, entry.scope);
  entry.projection.clear();
  entry.measuredAtSeconds = undefined;
}
