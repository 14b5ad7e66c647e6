import type { Target } from "../../config/config.ts";
import type { Device } from "../../devices/device.ts";
import { PROJECTED_INSTANCES } from "../../probes/density-families.ts";
import { readFootprint } from "../../probes/footprint-report.ts";
import type { EndedRun } from "../../history/record.ts";
import { findLastSuccess, type DeviceSources } from "./sources.ts";
import type { FootprintView } from "./views.ts";

/** What a function takes of a device, and how many more fit; none before it was measured. */
export function viewFootprint(
  target: Target,
  device: Device,
  { history }: DeviceSources,
): readonly FootprintView[] {
  const last = findLastSuccess(target, history);
  if (last === undefined) return [];
  const report = readFootprint(last.run.end);
  if (report === undefined) return [];
  const { name, measurement } = target.probe;
  const { runtime = "", mps } = measurement.infoLabels;
  const { process, processBytes, serverBytes, runtimeRatio } = report;
  return [
    {
      ...last.shown,
      probe: name,
      runtime,
      mps: mps === "true",
      processBytes,
      serverBytes,
      phases: process,
      runtimeRatio,
      projectedInstances: project(last.run, device),
    },
  ];
}

function project({ target, end, circumstances }: EndedRun, device: Device): number | undefined {
  const { name, measurement } = target.probe;
  const { cacheMiss } = circumstances;
  const projected = measurement.project?.({ probe: name, end, cacheMiss }, device) ?? [];
  return projected.find(({ family }) => family === PROJECTED_INSTANCES)?.value;
}
