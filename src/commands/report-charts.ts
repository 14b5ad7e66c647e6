import type { Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import type { Chart, DistributionChart, Part } from "../plots/chart.ts";
import { findWhole } from "../probes/whole-and-parts.ts";
import { intervalSeconds } from "../protocol/intervals.ts";
import type { RunEnd } from "../runner/run.ts";
import { summarize } from "../statistics/summary.ts";
import { successfulEnds, type FigureSummary, type SeriesResult } from "./run-result.ts";

/** What a report draws of a series: what the kind has to show, else its figures, and where the time of the runs went. */
export function makeCharts(
  { probe: { measurement } }: Target,
  records: readonly RunRecord[],
  series: { readonly result: SeriesResult; readonly counterpart?: Result<readonly RunEnd[]> },
): readonly Chart[] {
  const ends = successfulEnds(records);
  if (ends.length === 0) return [];
  const own =
    measurement.charts?.(ends, series.counterpart) ??
    figureCharts(series.result, measurement.phases);
  const hasPhases = own.some(({ type, unit }) => type === "stack" && unit === "seconds");
  return hasPhases ? own : [...own, runChart(ends)];
}

/** Which is not the median of the sums. */
const SUM = "sum of the medians:";

/** The parts that the first whole is made of, and the distribution of each figure, the whole's first. */
function figureCharts(result: SeriesResult, phases: readonly string[]): readonly Chart[] {
  const { summary } = result;
  const found = findWhole(summary, phases);
  if (found === undefined) return [];
  const { whole } = found;
  const others = summary.filter((figure) => figure !== whole);
  const parts = found.parts.map(({ name, median }): Part => ({ name, value: median }));
  return [
    {
      type: "stack",
      title: `What ${whole.name} is made of (medians)`,
      unit: whole.unit,
      bars: [{ name: SUM, parts }],
    },
    distributionOf(whole, result),
    // Where all runs agree there is nothing to see.
    ...others.filter(({ min, max }) => min < max).map((figure) => distributionOf(figure, result)),
  ];
}

function distributionOf(
  { name, unit }: FigureSummary,
  { iterations }: SeriesResult,
): DistributionChart {
  const values = iterations
    .filter(({ cacheMiss }) => !cacheMiss)
    .flatMap(({ figures }) => figures.filter((figure) => figure.name === name))
    .map(({ value }) => value);
  return { type: "distribution", title: name, unit, rows: [{ name: "", values }] };
}

/** Of the first instance of each run, by the phases of the first. */
function runChart(ends: readonly RunEnd[]): Chart {
  const runs = ends.flatMap(({ report }) => report.instances.slice(0, 1));
  const names = new Set(runs.flatMap(({ phases }) => phases.map(({ phase }) => phase)));
  const parts = [...names].map((name): Part => {
    const own = runs.flatMap(({ phases }) => phases.filter(({ phase }) => phase === name));
    return { name, value: summarize(own.map(intervalSeconds))?.median ?? Number.NaN };
  });
  const title = "Where the time of a run went (medians)";
  return { type: "stack", title, unit: "seconds", bars: [{ name: SUM, parts }] };
}
