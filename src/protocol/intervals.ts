import type { InstanceReport, PhaseInterval } from "./report.ts";

/** How long a phase took. */
export function intervalSeconds(interval: PhaseInterval): number {
  return interval.endedAtSeconds - interval.beganAtSeconds;
}

/** One interval from the launcher's `spawned`, or its `released`, to the end of a phase; undefined when either is missing. */
export function durationFromSpawned(instance: InstanceReport, phase: string): number | undefined {
  const end = instance.phases.find((interval) => interval.phase === phase)?.endedAtSeconds;
  const started = instance.releasedAtSeconds ?? instance.spawnedAtSeconds;
  return end === undefined || started === undefined ? undefined : end - started;
}

/** The part of {@link durationFromSpawned} that lies between phases: what the probe's own bookkeeping took. */
export function unattributedSeconds(instance: InstanceReport, phase: string): number | undefined {
  const duration = durationFromSpawned(instance, phase);
  const last = instance.phases.findIndex((interval) => interval.phase === phase);
  if (duration === undefined) return undefined;
  const attributed = instance.phases
    .slice(0, last + 1)
    .reduce((sum, interval) => sum + intervalSeconds(interval), 0);
  return duration - attributed;
}
