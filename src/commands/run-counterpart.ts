import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import type { Kind } from "../probes/kind.ts";
import type { RunEnd } from "../runner/run.ts";
import { successfulEnds } from "./run-result.ts";
import type { RunChoice } from "./run-target.ts";

/** The kind that the choice's kind is read against, with the options that have to be alike; undefined where there is none. */
export function chooseCounterpart(
  { kind, options, gpu }: RunChoice,
  kinds: readonly Kind[],
): RunChoice | undefined {
  const wanted = kind.counterpart;
  const counterpart = kinds.find(({ name }) => name === wanted?.kind);
  if (wanted === undefined || counterpart === undefined) return undefined;
  const alike = Object.entries(options).filter(([key]) => wanted.options.includes(key));
  return { kind: counterpart, options: Object.fromEntries(alike), gpu };
}

/** The runs of a counterpart that succeeded, or why there are none. */
export function judgeCounterpart(
  { probe }: Target,
  records: readonly RunRecord[],
): Result<readonly RunEnd[]> {
  const ends = successfulEnds(records);
  if (ends.length > 0) return ok(ends);
  const [last] = records.slice(-1);
  return fail(
    `${probe.kind.name}: ${last === undefined ? "no run was made" : describeRecord(last)}`,
  );
}

/** What became of a run, in a few words. */
export function describeRecord(record: RunRecord): string {
  if (record.type === "skip") return `skipped: ${record.reason} (${record.message})`;
  const { outcome, reason = outcome, phase, code } = record.end;
  const where = phase === undefined ? "" : ` in ${phase}`;
  return `${outcome}${where}: ${reason}${code === undefined ? "" : ` (${code})`}`;
}
