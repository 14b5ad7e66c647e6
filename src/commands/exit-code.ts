import type { RunRecord } from "../history/record.ts";
import { TIME_TO_FIRST_RESULT } from "../probes/cold-start-figures.ts";
import { EXIT, type CommandIo } from "./io.ts";
import type { SeriesResult } from "./run-result.ts";
import type { RunFlags } from "./run.ts";

interface ExitModules {
  readonly flags: RunFlags;
  readonly io: CommandIo;
}

/** A fault comes first: what failed says nothing of how long it takes. */
export function decideExit(
  records: readonly RunRecord[],
  { summary }: SeriesResult,
  { flags: { maxSeconds }, io }: ExitModules,
): number {
  const code = exitCode(records);
  if (code !== EXIT.ok || maxSeconds === undefined) return code;
  const medians = summary
    .filter(({ name }) => name === TIME_TO_FIRST_RESULT)
    .map(({ median }) => median);
  if (medians.length === 0) {
    io.error("every run compiled its kernel: there is no time to first result to judge\n");
    return EXIT.fault;
  }
  const median = Math.max(...medians);
  if (median <= maxSeconds) return EXIT.ok;
  io.error(
    `the median time to first result, ${String(median)} s, is above ${String(maxSeconds)} s\n`,
  );
  return EXIT.slower;
}

function exitCode(records: readonly RunRecord[]): number {
  const outcomes = records.map((record) =>
    record.type === "skip" ? "skipped" : record.end.outcome,
  );
  const failed = outcomes.some((outcome) => outcome !== "success" && outcome !== "skipped");
  return failed || !outcomes.includes("success") ? EXIT.fault : EXIT.ok;
}
