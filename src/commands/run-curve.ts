import { ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import type { CommandIo } from "./io.ts";
import type { MadeRuns } from "./made-runs.ts";
import type { Facts, Shown } from "./make-report.ts";
import { makeSeries } from "./make-series.ts";
import { makeSeriesResult, successfulEnds, type SeriesResult } from "./run-result.ts";
import { chooseTarget, type RunChoice } from "./run-target.ts";
import type { RunFlags } from "./run.ts";
import type { Session } from "./session.ts";

/** One value of the option that a curve is drawn over. */
interface Point {
  readonly option: string;
  readonly value: string;
  readonly choice: RunChoice;
}

/** The choice with each value of a list in the option that takes one; undefined where there is no list. */
export function splitCurve(choice: RunChoice): Points | undefined {
  const option = choice.kind.curveOption;
  const list = option === undefined ? undefined : choice.options[option];
  if (option === undefined || list === undefined) return undefined;
  // A number that is written in two ways is one.
  const values = new Map(list.split(",").map((value) => [Number(value), value.trim()]));
  const [first = "", ...others] = values.values();
  const toPoint = (value: string): Point => ({
    option,
    value,
    choice: { ...choice, options: { ...choice.options, [option]: value } },
  });
  return others.length === 0 ? undefined : [toPoint(first), ...others.map(toPoint)];
}

type Points = readonly [Point, ...(readonly Point[])];

interface Series {
  readonly point: Point;
  readonly target: Target;
  readonly records: readonly RunRecord[];
}

/** A series of runs for each value, in their order; an error, before any is made, where one has no target. */
export async function runCurve(
  points: Points,
  { iterations }: RunFlags,
  modules: { readonly session: Session; readonly io: CommandIo },
): Promise<Result<MadeRuns>> {
  const { session } = modules;
  const targets: Target[] = [];
  for (const { choice } of points) {
    const target = chooseTarget(choice, session.config, session.listing);
    if (!target.ok) return target;
    targets.push(target.value);
  }
  const all: Series[] = [];
  for (const [index, point] of points.entries()) {
    const target = targets[index];
    if (target === undefined) break;
    // In turn: there is one lane. When a signal has come, there is no run in it.
    // oxlint-disable-next-line no-await-in-loop
    all.push({ point, target, records: await makeSeries(target, iterations, modules) });
  }
  const records = all.flatMap((series) => series.records);
  return ok({
    records,
    done: records.length,
    planned: iterations * points.length,
    show: (facts) => showCurve(all, points[0].option, facts),
  });
}

function showCurve(all: readonly Series[], option: string, facts: Facts): Shown {
  const results = all.map(({ point, target, records }) =>
    markPoint(makeSeriesResult(target, records, facts), point),
  );
  const view = all[0]?.target.probe.measurement.curve?.(
    all.map(({ point, records }) => ({ value: point.value, ends: successfulEnds(kept(records)) })),
  );
  return {
    result: joinResults(results, option),
    tables: view === undefined ? [] : [view.table],
    charts: view?.charts ?? [],
  };
}

/** A run that had to compile is no point of a curve, as it is in no statistics. */
function kept(records: readonly RunRecord[]): readonly RunRecord[] {
  return records.filter((record) => record.type === "skip" || !record.circumstances.cacheMiss);
}

/** Each row says which point of the curve it is of. */
function markPoint(result: SeriesResult, { option, value }: Point): SeriesResult {
  const mark = { [option]: Number(value) };
  return {
    ...result,
    iterations: result.iterations.map((iteration) => ({ ...iteration, ...mark })),
    summary: result.summary.map((summary) => ({ ...mark, ...summary })),
  };
}

/** One result of all series: what differs between them is in its rows. */
function joinResults(results: readonly SeriesResult[], option: string): SeriesResult {
  const last = results.at(-1);
  if (last === undefined) throw new Error("a curve has no series");
  const framework = results.find((result) => result.framework !== undefined)?.framework;
  const values = results.map(({ options }) => options[option] ?? "");
  return {
    ...last,
    ...(framework === undefined ? {} : { framework }),
    // One start alone is nowhere spread.
    options: Object.fromEntries([
      ...results.flatMap(({ options }) => Object.entries(options)),
      [option, values.join(",")],
    ]),
    curve: option,
    iterations: results.flatMap(({ iterations }) => iterations),
    summary: results.flatMap(({ summary }) => summary),
  };
}
