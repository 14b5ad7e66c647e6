import type { RunEnd } from "../runner/run.ts";
import { summarize } from "../statistics/summary.ts";
import { INSTANCE_BYTES, INSTANCES, LIMIT_INFO, RECLAIM } from "./density-families.ts";
import { readDensity } from "./density-report.ts";
import type { Observation } from "./family.ts";
import { figure } from "./figure.ts";
import { runtimeRatio } from "./footprint-report.ts";
import type { Figure } from "./kind.ts";
import { valueOf } from "./samples.ts";
import { FIRST_CLIENT_SAMPLE } from "./worker.ts";

/** The labels of a probe's series. */
export interface DensityLabels {
  readonly probe: string;
  readonly runtime: string;
  readonly mps: string;
}

/** What a successful run says. */
export function observeDensity(labels: DensityLabels, end: RunEnd): readonly Observation[] {
  const report = readDensity(end, { mps: labels.mps === "true" });
  if (report === undefined) return [];
  const { instances, instanceBytes, limit, reclaim } = report;
  const { probe, runtime } = labels;
  return [
    { family: INSTANCES, labels: { ...labels }, value: instances },
    { family: LIMIT_INFO, labels: { ...labels, limit }, value: 1 },
    ...(instanceBytes === undefined
      ? []
      : [{ family: INSTANCE_BYTES, labels: { ...labels }, value: instanceBytes }]),
    ...reclaim.map(({ how, seconds }) => ({
      family: RECLAIM,
      labels: { probe, runtime, how },
      value: seconds,
    })),
  ];
}

/** What it came to, without the single instances. */
export function densityFigures(end: RunEnd, options: { readonly mps: boolean }): readonly Figure[] {
  const report = readDensity(end, options);
  if (report === undefined) return [];
  const { instances, limit, projection, instanceBytes, requestedBytes, reclaim } = report;
  const starts = summarize(report.rows.map(({ startSeconds }) => startSeconds));
  return [
    { name: "instances", value: instances, unit: "count", labels: { limit } },
    ...(projection === undefined ? [] : [projectionFigure(projection)]),
    ...figure("instance", instanceBytes, "bytes"),
    ...figure("runtime share", runtimeRatio(requestedBytes, instanceBytes ?? 0), "ratio"),
    ...figure("median start", starts?.median, "seconds"),
    ...reclaim.map(({ how, seconds }): Figure => ({
      name: `reclaim after ${how}`,
      value: seconds,
      unit: "seconds",
    })),
    ...figure("first client", valueOf(end, FIRST_CLIENT_SAMPLE), "seconds"),
  ];
}

function projectionFigure({
  instances,
  limit,
}: {
  readonly instances: number;
  readonly limit: string;
}): Figure {
  return { name: "projected instances", value: instances, unit: "count", labels: { limit } };
}
