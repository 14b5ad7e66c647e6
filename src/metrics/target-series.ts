import type { Target } from "../config/config.ts";
import type { Observation } from "../probes/family.ts";
import { deviceLabels, type Labels } from "./labels.ts";
import { failureReasons, skipReasons } from "./run-reasons.ts";

const COUNTERS = [
  "cudaprobe_runs_total",
  "cudaprobe_run_seconds_total",
  "cudaprobe_run_cpu_seconds_total",
  "cudaprobe_run_gpu_seconds_total",
  "cudaprobe_run_transferred_bytes_total",
];

/** The labels of a target's own series in the families of runs. */
export function runLabels(target: Target): Labels {
  const { name, kind } = target.probe;
  return { ...deviceLabels(target.device), probe: name, kind: kind.name };
}

/** Everything that exists at zero before a target's first run. */
export function targetZeros(target: Target): readonly Observation[] {
  const labels = runLabels(target);
  const { kind, measurement, name } = target.probe;
  const withReason = (family: string, reasons: readonly string[]): readonly Observation[] =>
    reasons.map((reason) => ({ family, labels: { ...labels, reason }, value: 0 }));
  return [
    ...COUNTERS.map((family) => ({ family, labels, value: 0 })),
    ...withReason("cudaprobe_run_failures_total", failureReasons(kind)),
    ...withReason("cudaprobe_run_skips_total", skipReasons(kind)),
    ...onDevice(target, measurement.zeros(name)),
  ];
}

/**
 * A kind's observations with the labels of the target's device, on the families that carry them. A kind of the host that looks
 * at every device names the device itself, and that stands.
 */
export function onDevice(
  target: Target,
  observations: readonly Observation[],
): readonly Observation[] {
  const ofDevice = new Set(
    target.probe.kind.families.filter((family) => family.device).map((family) => family.name),
  );
  const device = deviceLabels(target.device);
  return observations.map((observation) => {
    const { family, labels } = observation;
    if (!ofDevice.has(family) || "gpu_uuid" in labels) return observation;
    return { ...observation, labels: { ...device, ...labels } };
  });
}

/** What a target's series look like: the same text before and after a reload means that they may stay. */
export function targetSignature(target: Target): string {
  return JSON.stringify([targetZeros(target), target.probe.measurement.infoLabels]);
}
