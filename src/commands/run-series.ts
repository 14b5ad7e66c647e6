import type { Target } from "../config/config.ts";
import type { Executor } from "../execution/executor.ts";
import type { RunRecord } from "../history/record.ts";
import type { Clock } from "../base/clock.ts";
import type { Lane } from "../lane/lane.ts";

/** Runs to make one after the other. */
export interface SeriesRequest {
  readonly target: Target;
  readonly iterations: number;
  /** Called after each run. */
  readonly onRecord: (record: RunRecord) => void;
}

/** Makes the runs; when the signal aborts, what there is until then is what there is. */
export async function runSeries(
  { target, iterations, onRecord }: SeriesRequest,
  {
    execute,
    lane,
    clock,
  }: { readonly execute: Executor; readonly lane: Lane; readonly clock: Clock },
  signal: AbortSignal,
): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = [];
  while (records.length < iterations && !signal.aborted) {
    const dueAtSeconds = clock.monotonicSeconds();
    // In turn: two starts at once would measure each other.
    // oxlint-disable-next-line no-await-in-loop
    const leave = await lane.enter();
    // oxlint-disable-next-line no-await-in-loop
    const record = await execute(target, dueAtSeconds, signal).finally(leave);
    if (isCutShort(record)) break;
    records.push(record);
    onRecord(record);
  }
  return records;
}

/** A run that our own signal ended says nothing about the GPU. */
function isCutShort(record: RunRecord): boolean {
  return record.type === "run" && record.end.reason === "cancelled";
}
