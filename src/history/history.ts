import { outlineOf } from "./outline.ts";
import { isFailure, type EndedRun, type RunRecord } from "./record.ts";

/**
 * What became of the runs of each target. Lists have the latest first. Whole are a target's latest run and its last success, of all others
 * there is {@link outlineOf}.
 */
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
  readonly lastSuccess: EndedRun | undefined;
  readonly records: readonly RunRecord[];
  readonly failures: readonly EndedRun[];
}

const EMPTY: Entry = {
  latestRun: undefined,
  lastSuccess: undefined,
  records: [],
  failures: [],
};

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
  if (record.type === "skip") return { ...entry, records: [record, ...entry.records] };
  const lastSuccess = record.end.outcome === "success" ? record : entry.lastSuccess;
  const { records, failures } = shrink(entry, lastSuccess);
  return {
    latestRun: record,
    lastSuccess,
    records: [record, ...records],
    failures: isFailure(record) ? [record, ...failures] : failures,
  };
}

/** What is neither the latest run nor the last success any more gives way to its outline. */
function shrink(
  { latestRun, lastSuccess, records, failures }: Entry,
  nextSuccess: EndedRun | undefined,
): Pick<Entry, "records" | "failures"> {
  const outlines = new Map<RunRecord, EndedRun>();
  for (const run of [latestRun, lastSuccess]) {
    if (run !== undefined && run !== nextSuccess) outlines.set(run, outlineOf(run));
  }
  return {
    records: records.map((record) => outlines.get(record) ?? record),
    failures: failures.map((run) => outlines.get(run) ?? run),
  };
}

function cut(entry: Entry, limit: number): Entry {
  const { records, failures } = entry;
  return { ...entry, records: records.slice(0, limit), failures: failures.slice(0, limit) };
}
