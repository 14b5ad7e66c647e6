import type { Chart } from "../plots/chart.ts";
import type { RunEnd } from "../runner/run.ts";
import { readDensity, type DensityReport } from "./density-report.ts";

/** What the GPU has in use over the number of instances, of the last run; and each instance's bytes and start, of all. */
export function densityCharts(
  ends: readonly RunEnd[],
  options: { readonly mps: boolean },
): readonly Chart[] {
  const reports = ends.flatMap((end) => readDensity(end, options) ?? []);
  const last = reports.at(-1);
  if (last === undefined) return [];
  const rows = reports.flatMap((report) => report.rows);
  return [
    memoryCurve(last),
    {
      type: "distribution",
      title: "Memory that an instance adds",
      unit: "bytes",
      rows: [{ name: "", values: rows.map(({ beginBytes, endBytes }) => endBytes - beginBytes) }],
    },
    {
      type: "distribution",
      title: "Start of an instance",
      unit: "seconds",
      rows: [{ name: "", values: rows.map(({ startSeconds }) => startSeconds) }],
    },
  ];
}

function memoryCurve({ rows }: DensityReport): Chart {
  const [first] = rows;
  const before = first === undefined ? [] : [{ x: 0, y: first.beginBytes }];
  const points = rows.map(({ number, endBytes }) => ({ x: Number(number), y: endBytes }));
  return {
    type: "curve",
    title: "GPU memory in use, by number of instances",
    unit: "bytes",
    over: { name: "instances", unit: "count" },
    series: [{ name: "in use, of the whole GPU", points: [...before, ...points] }],
  };
}
