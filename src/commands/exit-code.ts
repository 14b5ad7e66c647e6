import type { RunRecord } from "../history/record.ts";
import { TIME_TO_FIRST_RESULT } from "../probes/cold-start-figures.ts";
import { EXIT, type CommandIo } from "./io.ts";
import type { SeriesResult } from "./run-result.ts";
import type { RunFlags } from "./run.ts";

interface ExitModules {
  readonly flags: Pick<RunFlags, "maxSeconds">;
  readonly io: Pick<CommandIo, "error">;
}

/** A fault comes first: what failed says nothing of how long it takes. */
export function decideExit(
  records: readonly RunRecord[],
  result: SeriesResult,
  { flags: { maxSeconds }, io }: ExitModules,
): number {
  const code = exitCode(records);
  if (code !== EXIT.ok || maxSeconds === undefined) return code;
  const medians = mediansOf(result);
  const unjudged = medians.filter(({ median }) => median === undefined);
  for (const { where } of unjudged) io.error(describeUnjudged(where));
  if (unjudged.length > 0) return EXIT.fault;
  const above = medians.filter(({ median = 0 }) => median > maxSeconds);
  for (const { where, median } of above) {
    io.error(
      `${where}the median time to first result, ${String(median)} s, is above ${String(maxSeconds)} s\n`,
    );
  }
  return above.length > 0 ? EXIT.slower : EXIT.ok;
}

function exitCode(records: readonly RunRecord[]): number {
  const outcomes = records.map((record) =>
    record.type === "skip" ? "skipped" : record.end.outcome,
  );
  const failed = outcomes.some((outcome) => outcome !== "success" && outcome !== "skipped");
  return failed || !outcomes.includes("success") ? EXIT.fault : EXIT.ok;
}

/** What is judged: a series, or a point of a curve; `where` says which in words, of a series nothing. */
interface Judged {
  readonly where: string;
  readonly median: number | undefined;
}

/** All points that were asked for, so that one without a figure is seen. */
function mediansOf({ summary, curve, options }: SeriesResult): readonly Judged[] {
  const totals = summary.filter(({ name }) => name === TIME_TO_FIRST_RESULT);
  if (curve === undefined) return [{ where: "", median: totals[0]?.median }];
  const values = (options[curve] ?? "").split(",");
  return values.map((value) => ({
    where: `${curve} ${value}: `,
    median: totals.find((row) => Reflect.get(row, curve) === Number(value))?.median,
  }));
}

function describeUnjudged(where: string): string {
  return where === ""
    ? "every run compiled its kernel: there is no time to first result to judge\n"
    : `${where}no run has a time to first result to judge\n`;
}
