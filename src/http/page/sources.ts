import type { Target } from "../../config/config.ts";
import type { Listing } from "../../devices/device.ts";
import type { History } from "../../history/history.ts";
import type { EndedRun, RunRecord } from "../../history/record.ts";
import type { TimedDuration } from "../../statistics/recent-medians.ts";
import type { Shown } from "./views.ts";

/** What the devices' part of the page is made from. */
export interface DeviceSources {
  /** Seconds since 1970. */
  readonly atSeconds: number;
  readonly listing: Listing | undefined;
  readonly targets: readonly Target[];
  readonly history: Pick<History, "records" | "latestRun">;
  /** The good runs of a target in the last day, the earliest first. */
  readonly points: (targetId: string) => readonly TimedDuration[];
  /** What is pinned for a target, in seconds. */
  readonly baselineSeconds: (targetId: string) => number | undefined;
}

/** The last run of a target that succeeded; undefined where the history has none. */
export function findLastSuccess(
  { id }: Target,
  { records, latestRun }: DeviceSources["history"],
): { readonly run: EndedRun; readonly shown: Shown } | undefined {
  const run = records(id).find(isSuccess);
  if (run === undefined) return undefined;
  return { run, shown: { atSeconds: run.atSeconds, isOutdated: latestRun(id) !== run } };
}

function isSuccess(record: RunRecord): record is EndedRun {
  return record.type === "run" && record.end.outcome === "success";
}
