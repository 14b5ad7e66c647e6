import type { EndedRun, RunRecord } from "./record.ts";

/** What became of the runs of each target. Lists have the latest first. */
export interface History {
  readonly add: (record: RunRecord) => void;
  /** The latest record of a target, a skip included. */
  readonly latest: (targetId: string) => RunRecord | undefined;
  /** The latest run that started a process, however many skips came after it. */
  readonly latestRun: (targetId: string) => EndedRun | undefined;
  readonly records: (targetId: string) => readonly RunRecord[];
  /** Runs that were neither a success nor skipped by the probe. Successes and skips do not push them out. */
  readonly failures: (targetId: string) => readonly EndedRun[];
  /** Drops all that is known of targets other than these. */
  readonly keepOnly: (targetIds: readonly string[]) => void;
  /** How many records a target keeps, and how many failures beside them. */
  readonly setLimit: (limit: number) => void;
}

interface Entry {
  readonly latestRun: EndedRun | undefined;
  readonly records: readonly RunRecord[];
  readonly failures: readonly EndedRun[];
}

const EMPTY: Entry = { latestRun: undefined, records: [], failures: [] };

/** An empty history that keeps `limit` records a target. */
export function createHistory(options: { readonly limit: number }): History {
  const entries = new Map<string, Entry>();
  let { limit } = options;
  const get = (targetId: string): Entry => entries.get(targetId) ?? EMPTY;

  return {
    add: (record) => {
      const { id } = record.target;
      entries.set(id, cut(addRecord(get(id), record), limit));
    },
    latest: (targetId) => get(targetId).records[0],
    latestRun: (targetId) => get(targetId).latestRun,
    records: (targetId) => get(targetId).records,
    failures: (targetId) => get(targetId).failures,
    keepOnly: (targetIds) => {
      const kept = new Set(targetIds);
      for (const targetId of entries.keys()) if (!kept.has(targetId)) entries.delete(targetId);
    },
    setLimit: (next) => {
      limit = next;
      for (const [targetId, entry] of entries) entries.set(targetId, cut(entry, limit));
    },
  };
}

function addRecord(entry: Entry, record: RunRecord): Entry {
  const records = [record, ...entry.records];
  if (record.type === "skip") return { ...entry, records };
  return {
    latestRun: record,
    records,
    failures: isFailure(record) ? [record, ...entry.failures] : entry.failures,
  };
}

function isFailure({ end }: EndedRun): boolean {
  return end.outcome !== "success" && end.outcome !== "skipped";
}

function cut({ latestRun, records, failures }: Entry, limit: number): Entry {
  return { latestRun, records: records.slice(0, limit), failures: failures.slice(0, limit) };
}
