import {
  durationFromSpawned,
  intervalSeconds,
  unattributedSeconds,
} from "../protocol/intervals.ts";
import { COLD_START_BUCKETS, PHASE_BUCKETS } from "./buckets.ts";
import type { Family, Observation } from "./family.ts";
import type { ObservedRun } from "./kind.ts";
import type { Runtime } from "./runtimes.ts";

const TOTAL = "cudaprobe_cold_start_duration_seconds";
const PHASE = "cudaprobe_cold_start_phase_duration_seconds";
const LAST_TOTAL = "cudaprobe_cold_start_last_duration_seconds";
const LAST_PHASE = "cudaprobe_cold_start_phase_last_duration_seconds";
const UNATTRIBUTED = "cudaprobe_cold_start_unattributed_seconds";
const BASELINE = "cudaprobe_cold_start_baseline_duration_seconds";

const labelNames = ["probe", "runtime", "concurrency"];

/** The families of cold starts; the values come from scheduled runs, not from the scrape. */
export const coldStartFamilies: readonly Family[] = [
  {
    name: TOTAL,
    type: "histogram",
    help: "Time from before a process exists to its first result from the GPU, the end of its first kernel or of a framework's first inference, of scheduled runs that succeeded.",
    labelNames,
    device: true,
    buckets: COLD_START_BUCKETS,
  },
  {
    name: PHASE,
    type: "histogram",
    help: "Time that each phase of a cold start took, of scheduled runs that succeeded.",
    labelNames: [...labelNames, "phase"],
    device: true,
    buckets: PHASE_BUCKETS,
  },
  {
    name: LAST_TOTAL,
    type: "gauge",
    help: "Time to the first result in the last scheduled run; absent when that run did not succeed or is long ago.",
    labelNames,
    device: true,
    last: true,
  },
  {
    name: LAST_PHASE,
    type: "gauge",
    help: "Time that each phase took in the last scheduled run; absent when that run did not succeed or is long ago.",
    labelNames: [...labelNames, "phase"],
    device: true,
    last: true,
  },
  {
    name: UNATTRIBUTED,
    type: "gauge",
    help: "Part of the last scheduled run's time to its first result that no phase accounts for.",
    labelNames,
    device: true,
    last: true,
  },
  {
    name: BASELINE,
    type: "gauge",
    help: "Time to the first result that is pinned for this GPU's model, the median of scheduled runs or what cudaprobe baseline set has pinned; absent while none is pinned.",
    labelNames,
    device: true,
  },
];

type Labels = Readonly<Record<string, string>>;

/** The histograms at zero. */
export function zeroColdStart(labels: Labels, phases: readonly string[]): readonly Observation[] {
  return [
    { family: TOTAL, labels, value: 0 },
    ...phases.map((phase) => ({ family: PHASE, labels: { ...labels, phase }, value: 0 })),
  ];
}

/** A pinned baseline. */
export function observeBaseline(labels: Labels, seconds: number): Observation {
  return { family: BASELINE, labels, value: seconds };
}

/**
 * What a successful run says: every instance is a sample of the histograms, the first one sets the gauges. Phases that the runtime
 * does not declare are no series.
 */
export function observeColdStart(
  labels: Labels,
  run: ObservedRun,
  { firstResult, phases: declared }: Pick<Runtime, "firstResult" | "phases">,
): readonly Observation[] {
  const [instance] = run.end.report.instances;
  if (instance === undefined) return [];
  const total = durationFromSpawned(instance, firstResult);
  const unattributed = unattributedSeconds(instance, firstResult);
  if (total === undefined || unattributed === undefined) return [];
  const phases = instance.phases
    .filter(({ phase }) => declared.includes(phase))
    .map((interval) => ({
      labels: { ...labels, phase: interval.phase },
      value: intervalSeconds(interval),
    }));
  const histograms = [
    { family: TOTAL, labels, value: total },
    ...phases.map((phase) => ({ family: PHASE, ...phase })),
  ];
  return [
    ...(run.cacheMiss ? [] : histograms),
    { family: LAST_TOTAL, labels, value: total },
    ...phases.map((phase) => ({ family: LAST_PHASE, ...phase })),
    { family: UNATTRIBUTED, labels, value: unattributed },
  ];
}
