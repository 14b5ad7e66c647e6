import { formatDuration } from "../base/units.ts";
import type { RunEnd } from "../runner/run.ts";
import { summarize } from "../statistics/summary.ts";
import type { Table } from "./kind.ts";

/** What the time experiment of StreamBox prints, by its names, and from the begin of which phase to the end of which that is here. */
const TIMES = [
  { name: "Context Initialization Time", from: "init", to: "context" },
  { name: "Tensor1 Allocation Time", from: "allocate", to: "allocate" },
  { name: "Model Load Time", from: "load_model", to: "load_model" },
] as const;

type Time = (typeof TIMES)[number];

const HEADER = ["as StreamBox's time experiment has it", "of", "Median", "Average", "Min", "Max"];

/**
 * The experiment's figures with the experiment's statistics: the median of all, the others without outliers. A driver has no model to load, and a
 * framework's first tensor is part of its context. The experiment starts its clock later, when the framework is imported and cuInit is done.
 */
export function coldStartTables(ends: readonly RunEnd[]): readonly Table[] {
  const rows = TIMES.flatMap((time) => timeRow(time, ends));
  return rows.length === 0 ? [] : [{ header: HEADER, rows, wordColumns: 2, isBeside: true }];
}

function timeRow(time: Time, ends: readonly RunEnd[]): readonly (readonly string[])[] {
  const summary = summarize(ends.flatMap((end) => secondsOf(time, end)));
  if (summary === undefined) return [];
  const { median, average, min, max } = summary;
  const phases = time.from === time.to ? time.to : `${time.from} to ${time.to}`;
  return [[time.name, phases, ...[median, average, min, max].map(formatDuration)]];
}

/** One interval of each instance, which has both phases or is left out. */
function secondsOf({ from, to }: Time, { report }: RunEnd): readonly number[] {
  return report.instances.flatMap(({ phases }) => {
    const first = phases.find(({ phase }) => phase === from);
    const last = phases.find(({ phase }) => phase === to);
    return first === undefined || last === undefined
      ? []
      : [last.endedAtSeconds - first.beganAtSeconds];
  });
}
