import type { RunRecord } from "./record.ts";

/**
 * What a good run came to, by the one figure that its kind is watched by, in seconds; undefined of a run that did not succeed or had to
 * compile its kernel, and of kinds that are watched by none.
 */
export function goodSeconds(record: RunRecord): number | undefined {
  if (record.type === "skip" || record.end.outcome !== "success") return undefined;
  if (record.circumstances.cacheMiss) return undefined;
  return record.target.probe.measurement.headline?.seconds(record.end);
}
