import type { InstanceReport } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";

/** The phase in which a GPU context begins to exist. */
const CONTEXT_PHASE = "context";

/** The sample with which a probe says how much it moved between the host and the GPU. */
const TRANSFERRED_SAMPLE = "bytes";

/** The sample with which a probe says how long contexts of its own making were open. */
const GPU_SECONDS_SAMPLE = "gpu_seconds";

/** Whether a process of the probe was started at all. */
export function startedProcess(end: RunEnd): boolean {
  return end.report.instances.some((instance) => instance.spawnedAtSeconds !== undefined);
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

/** Seconds that contexts were open, summed over processes: two at once for a second are two. */
export function gpuSeconds(end: RunEnd): number {
  return sum(
    end.report.instances.map(
      (instance) => saidGpuSeconds(instance) ?? contextSeconds(instance, end),
    ),
  );
}

/** A probe that starts others knows of their contexts, which its own phases say nothing of. */
function saidGpuSeconds({ samples }: InstanceReport): number | undefined {
  return samples.find(({ name }) => name === GPU_SECONDS_SAMPLE)?.value;
}

/** Bytes that the instances of a successful run say they moved. */
export function transferredBytes(end: RunEnd): number {
  if (end.outcome !== "success") return 0;
  const samples = end.report.instances.flatMap((instance) => instance.samples);
  return sum(samples.filter(({ name }) => name === TRANSFERRED_SAMPLE).map(({ value }) => value));
}

function contextSeconds(instance: InstanceReport, end: RunEnd): number {
  const began = contextBeganAtSeconds(instance);
  return began === undefined ? 0 : Math.max(0, endOf(instance, end) - began);
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
