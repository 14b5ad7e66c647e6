import type { Target } from "../config/config.ts";
import type { InstanceReport } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";

/** The phase in which a GPU context begins to exist. */
const CONTEXT_PHASE = "context";

/** The sample with which a probe says how much it moved between the host and the GPU. */
const TRANSFERRED_SAMPLE = "bytes";

/** The sample with which a probe says how long contexts of its own making were open. */
const GPU_SECONDS_SAMPLE = "gpu_seconds";

/**
 * Whether a process of the probe was started at all. The launcher's word of it is lost where a probe writes into the same line, or too much
 * before it; but only a probe says what is not of the protocol.
 */
export function startedProcess({ outcome, report }: RunEnd): boolean {
  const isTold = report.instances.some((instance) => instance.spawnedAtSeconds !== undefined);
  return isTold || outcome === "bad_output";
}

/** Seconds from the first instance's start to the last one's end; 0 when none was started. */
export function runSeconds(end: RunEnd): number {
  const spawned = end.report.instances.flatMap((instance) => instance.spawnedAtSeconds ?? []);
  if (spawned.length === 0) return 0;
  const ends = end.report.instances.map((instance) => endOf(instance, end));
  return Math.max(0, Math.max(...ends) - Math.min(...spawned));
}

/** CPU seconds of all instances, as far as their ends were seen. */
export function cpuSeconds(end: RunEnd): number {
  return sum(end.report.instances.map((instance) => instance.reaped?.cpuSeconds ?? 0));
}

/**
 * Seconds that contexts were open, summed over processes: two at once for a second are two. Of a run that does not tell when it opens one
 * (see {@link hidesContexts}) all of its time.
 */
export function gpuSeconds(end: RunEnd, hides = false): number {
  return sum(
    end.report.instances.map((instance) => {
      const interval = hides ? lifeInterval(instance, end) : contextInterval(instance, end);
      return saidGpuSeconds(instance) ?? (interval && lengthOf(interval)) ?? 0;
    }),
  );
}

/** Whether the runs of a target may hold contexts and have no phase that says from when on. */
export function hidesContexts({ probe: { kind, measurement } }: Target): boolean {
  return kind.scope === "device" && !measurement.phases.includes(CONTEXT_PHASE);
}

/** From one moment of CLOCK_MONOTONIC to another. */
export interface Interval {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** When an instance held a context, by its own phases; undefined when it never came to it. */
export function contextInterval(instance: InstanceReport, end: RunEnd): Interval | undefined {
  const fromSeconds = contextBeganAtSeconds(instance);
  return fromSeconds === undefined ? undefined : { fromSeconds, toSeconds: endOf(instance, end) };
}

/** When an instance was there; undefined when it was not. */
export function lifeInterval(instance: InstanceReport, end: RunEnd): Interval | undefined {
  const { spawnedAtSeconds: fromSeconds } = instance;
  return fromSeconds === undefined ? undefined : { fromSeconds, toSeconds: endOf(instance, end) };
}

/** Never negative. */
export function lengthOf({ fromSeconds, toSeconds }: Interval): number {
  return Math.max(0, toSeconds - fromSeconds);
}

/** A probe that starts others knows of their contexts, which its own phases say nothing of. */
export function saidGpuSeconds({ samples }: InstanceReport): number | undefined {
  return samples.find(({ name }) => name === GPU_SECONDS_SAMPLE)?.value;
}

/** Bytes that the instances of a successful run say they moved. */
export function transferredBytes(end: RunEnd): number {
  if (end.outcome !== "success") return 0;
  const samples = end.report.instances.flatMap((instance) => instance.samples);
  return sum(samples.filter(({ name }) => name === TRANSFERRED_SAMPLE).map(({ value }) => value));
}

function contextBeganAtSeconds(instance: InstanceReport): number | undefined {
  const ended = instance.phases.find(({ phase }) => phase === CONTEXT_PHASE);
  if (ended !== undefined) return ended.beganAtSeconds;
  // A phase that never ended has no stamps in the report; it began just after the one before it.
  if (instance.openPhase !== CONTEXT_PHASE) return undefined;
  return instance.phases.at(-1)?.endedAtSeconds ?? instance.spawnedAtSeconds;
}

function endOf(instance: InstanceReport, end: RunEnd): number {
  return instance.reaped?.atSeconds ?? end.endedAtSeconds;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
