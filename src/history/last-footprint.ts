import type { Target } from "../config/config.ts";
import { footprint } from "../probes/footprint.ts";
import { readFootprint } from "../probes/footprint-report.ts";
import type { History } from "./history.ts";
import type { EndedRun, RunRecord } from "./record.ts";

/** The most that a function took of a device when that was last measured; undefined where it was not. */
export function findLastFootprint(
  device: Target["device"],
  targets: readonly Target[],
  history: Pick<History, "records">,
): number | undefined {
  const measured = targets.filter(
    (target) =>
      target.probe.kind === footprint &&
      target.device?.gpuUuid === device?.gpuUuid &&
      target.device?.migUuid === device?.migUuid,
  );
  const bytes = measured.flatMap(({ id }) => {
    const last = history.records(id).find(isSuccess);
    return (last && readFootprint(last.end)?.processBytes) ?? [];
  });
  return bytes.length === 0 ? undefined : Math.max(...bytes);
}

function isSuccess(record: RunRecord): record is EndedRun {
  return record.type === "run" && record.end.outcome === "success";
}
