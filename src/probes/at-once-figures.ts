import { formatDuration } from "../base/units.ts";
import type { Chart, CurveChart, Part } from "../plots/chart.ts";
import { durationFromSpawned, intervalSeconds } from "../protocol/intervals.ts";
import type { InstanceReport } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import { summarize } from "../statistics/summary.ts";
import type { CurvePoint, CurveView, Figure } from "./outputs.ts";
import type { StartRole } from "./start-order.ts";

/** What several starts at once came to, in seconds from their release. */
export interface AtOnceReport {
  readonly medianSeconds: number;
  readonly slowestSeconds: number;
  /** The median of the single starts. */
  readonly singleSeconds: number;
  /** The slowest of as many without the driver. */
  readonly floorSeconds: number | undefined;
  /** The slowest over the median single one: 1 when none waits for another. */
  readonly ratio: number;
}

/** Undefined of a start that was alone. The first result is the end of the phase `firstResult`, here and below. */
export function readAtOnce(end: RunEnd, firstResult: string): AtOnceReport | undefined {
  const single = summarize(durationsOf(end, "single", firstResult));
  const all = summarize(durations(end, firstResult));
  if (single === undefined || all === undefined) return undefined;
  const slowestSeconds = Math.max(...durations(end, firstResult));
  const floors = durationsOf(end, "floor", firstResult);
  return {
    medianSeconds: all.median,
    slowestSeconds,
    singleSeconds: single.median,
    floorSeconds: floors.length === 0 ? undefined : Math.max(...floors),
    ratio: slowestSeconds / single.median,
  };
}

/** The instance that had its first result last, whose figures stand for a run of several. */
export function slowestInstance(
  { report }: RunEnd,
  firstResult: string,
): InstanceReport | undefined {
  const secondsOf = (one: InstanceReport): number => durationFromSpawned(one, firstResult) ?? 0;
  const [first, ...others] = report.instances;
  return (
    first &&
    others.reduce((slowest, one) => (secondsOf(one) > secondsOf(slowest) ? one : slowest), first)
  );
}

/** What is said of several at once beside the figures of the slowest; nothing of one alone. */
export function atOnceFigures(end: RunEnd, firstResult: string): readonly Figure[] {
  const report = readAtOnce(end, firstResult);
  if (report === undefined) return [];
  const { medianSeconds, singleSeconds, floorSeconds, ratio } = report;
  return [
    { name: "median at once", value: medianSeconds, unit: "seconds" },
    { name: "single start", value: singleSeconds, unit: "seconds" },
    ...(floorSeconds === undefined
      ? []
      : [{ name: "floor", value: floorSeconds, unit: "seconds" } as const]),
    { name: "serialization", value: ratio, unit: "ratio" },
  ];
}

/** The time to the first result over how many start at once. */
export function showCurve(series: readonly CurvePoint[], firstResult: string): CurveView {
  const points = series.flatMap((point) => summarizePoint(point, firstResult));
  const title = "time to first result, by how many start at once";
  const header = ["at once", "median", "max", "ratio", "floor"];
  const line = (name: "median" | "max"): CurveChart["series"][number] => ({
    name,
    points: points.map((point) => ({ x: Number(point.value), y: point[name] })),
  });
  return {
    table: { title, header, rows: points.map(toRow) },
    charts: [
      {
        type: "curve",
        title: `T${title.slice(1)}`,
        unit: "seconds",
        over: { name: "at once", unit: "count" },
        series: [line("median"), line("max")],
      },
      ...detailsOf(series, firstResult),
    ],
  };
}

/** What each number's slowest instances spent their time on, and how long all of its instances took. */
function detailsOf(series: readonly CurvePoint[], firstResult: string): readonly Chart[] {
  const points = series.map(({ value, ends }) => ({
    name: `${value} at once`,
    slowest: ends.flatMap((end) => slowestInstance(end, firstResult) ?? []),
    values: ends.flatMap((end) => durations(end, firstResult)),
  }));
  // One alone has a phase more: its spawn.
  const phases = new Set(points.flatMap(({ slowest }) => phasesUpTo(firstResult, slowest)));
  return [
    {
      type: "stack",
      title: "What the slowest spent it on (medians)",
      unit: "seconds",
      bars: points.map(({ name, slowest }) => ({
        name,
        parts: [...phases].map((phase) => medianOf(phase, slowest)),
      })),
    },
    { type: "distribution", title: "Every start", unit: "seconds", rows: points },
  ];
}

function phasesUpTo(last: string, [first]: readonly InstanceReport[]): readonly string[] {
  const names = first?.phases.map(({ phase }) => phase) ?? [];
  return names.slice(0, names.indexOf(last) + 1);
}

function medianOf(name: string, instances: readonly InstanceReport[]): Part {
  const own = instances.flatMap(({ phases }) => phases.filter(({ phase }) => phase === name));
  return { name, value: summarize(own.map(intervalSeconds))?.median ?? Number.NaN };
}

/** Of all instances of all runs, in seconds, and what the runs' ratios and floors come to. */
interface CurveSummary {
  readonly value: string;
  readonly median: number;
  readonly max: number;
  readonly ratio: number | undefined;
  readonly floor: number | undefined;
}

function summarizePoint({ value, ends }: CurvePoint, firstResult: string): readonly CurveSummary[] {
  const all = ends.flatMap((end) => durations(end, firstResult));
  const reports = ends.flatMap((end) => readAtOnce(end, firstResult) ?? []);
  const median = summarize(all)?.median;
  if (median === undefined) return [];
  const ratio = summarize(reports.map((report) => report.ratio))?.median;
  const floor = summarize(reports.flatMap(({ floorSeconds }) => floorSeconds ?? []))?.median;
  return [{ value, median, max: Math.max(...all), ratio, floor }];
}

function toRow({ value, median, max, ratio, floor }: CurveSummary): readonly string[] {
  const times = [median, max].map(formatDuration);
  return [
    value,
    ...times,
    ratio?.toFixed(2) ?? "",
    floor === undefined ? "" : formatDuration(floor),
  ];
}

function durationsOf(
  { companions = [] }: RunEnd,
  role: StartRole,
  firstResult: string,
): readonly number[] {
  return companions
    .filter((one) => one.role === role)
    .flatMap(({ end }) => durations(end, firstResult));
}

function durations({ report }: RunEnd, firstResult: string): readonly number[] {
  return report.instances.flatMap((instance) => durationFromSpawned(instance, firstResult) ?? []);
}
