import {
  durationFromSpawned,
  intervalSeconds,
  unattributedSeconds,
} from "../protocol/intervals.ts";
import type { InstanceReport } from "../protocol/report.ts";
import { COLD_START_BUCKETS, PHASE_BUCKETS } from "./buckets.ts";
import { readAtOnce, slowestInstance } from "./at-once-figures.ts";
import type { Family, Observation } from "./family.ts";
import type { ObservedRun } from "./kind.ts";
import type { Runtime } from "./runtimes.ts";

/** What of a runtime decides what its series are. */
type Start = Pick<Runtime, "firstResult" | "phases">;

const TOTAL = "cudaprobe_cold_start_duration_seconds";
const PHASE = "cudaprobe_cold_start_phase_duration_seconds";
const LAST_TOTAL = "cudaprobe_cold_start_last_duration_seconds";
const LAST_PHASE = "cudaprobe_cold_start_phase_last_duration_seconds";
const UNATTRIBUTED = "cudaprobe_cold_start_unattributed_seconds";
const SERIALIZATION = "cudaprobe_cold_start_serialization_ratio";
const IDLE_GPU = "cudaprobe_cold_start_idle_gpu_total";
const BASELINE = "cudaprobe_cold_start_baseline_duration_seconds";

const labelNames = ["probe", "runtime", "concurrency"];

/** The families of cold starts; the values come from scheduled runs, not from the scrape. */
export const coldStartFamilies: readonly Family[] = [
  {
    name: TOTAL,
    type: "histogram",
    help: "Time from before a process exists to its first result from the GPU, the end of its first kernel or of a framework's first inference, of scheduled runs that succeeded; of several at once, from when all are released, each of them.",
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
    help: "Time to the first result in the last scheduled run, of several at once the last one's; absent when that run did not succeed or is long ago.",
    labelNames,
    device: true,
    last: true,
  },
  {
    name: LAST_PHASE,
    type: "gauge",
    help: "Time that each phase took in the last scheduled run, in the slowest of several at once; absent when that run did not succeed or is long ago.",
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
    name: SERIALIZATION,
    type: "gauge",
    help: "Time of the slowest of several cold starts at once over that of a single one, the median of three, in the last scheduled run: 1 when none waits for another; absent where they start alone.",
    labelNames,
    device: true,
    last: true,
  },
  {
    name: IDLE_GPU,
    type: "counter",
    help: "Scheduled runs in the histogram of cold starts before which no other process was on the GPU, so that nothing held it awake.",
    labelNames,
    device: true,
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

/** The histograms and the counter at zero. */
export function zeroColdStart(labels: Labels, phases: readonly string[]): readonly Observation[] {
  return [
    { family: TOTAL, labels, value: 0 },
    ...phases.map((phase) => ({ family: PHASE, labels: { ...labels, phase }, value: 0 })),
    { family: IDLE_GPU, labels, value: 0 },
  ];
}

/** A pinned baseline. */
export function observeBaseline(labels: Labels, seconds: number): Observation {
  return { family: BASELINE, labels, value: seconds };
}

/**
 * What a successful run says: every instance is a sample of the histograms, the slowest one sets the gauges. Phases that the runtime
 * does not declare are no series.
 */
export function observeColdStart(
  labels: Labels,
  run: ObservedRun,
  runtime: Start,
): readonly Observation[] {
  const { firstResult } = runtime;
  const instance = slowestInstance(run.end, firstResult);
  if (instance === undefined) return [];
  const total = durationFromSpawned(instance, firstResult);
  const unattributed = unattributedSeconds(instance, firstResult);
  if (total === undefined || unattributed === undefined) return [];
  return [
    ...(run.cacheMiss ? [] : observeAll(labels, run, runtime)),
    { family: LAST_TOTAL, labels, value: total },
    ...phasesOf(instance, labels, runtime).map((phase) => ({ family: LAST_PHASE, ...phase })),
    { family: UNATTRIBUTED, labels, value: unattributed },
    ...observeSerialization(labels, run, firstResult),
  ];
}

/** What adds up from run to run. */
function observeAll(labels: Labels, run: ObservedRun, runtime: Start): readonly Observation[] {
  const idle = run.gpuHeldByOthers === false ? [{ family: IDLE_GPU, labels, value: 1 }] : [];
  const histograms = run.end.report.instances.flatMap((instance) => {
    const total = durationFromSpawned(instance, runtime.firstResult);
    const phases = phasesOf(instance, labels, runtime).map((phase) => ({
      family: PHASE,
      ...phase,
    }));
    return total === undefined ? [] : [{ family: TOTAL, labels, value: total }, ...phases];
  });
  return [...histograms, ...idle];
}

function observeSerialization(
  labels: Labels,
  { end }: ObservedRun,
  firstResult: string,
): readonly Observation[] {
  const ratio = readAtOnce(end, firstResult)?.ratio;
  return ratio === undefined ? [] : [{ family: SERIALIZATION, labels, value: ratio }];
}

function phasesOf(
  { phases }: InstanceReport,
  labels: Labels,
  declared: Start,
): readonly Pick<Observation, "labels" | "value">[] {
  return phases
    .filter(({ phase }) => declared.phases.includes(phase))
    .map((interval) => ({
      labels: { ...labels, phase: interval.phase },
      value: intervalSeconds(interval),
    }));
}
