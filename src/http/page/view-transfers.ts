import type { Target } from "../../config/config.ts";
import { readTransfers } from "../../probes/ipc-report.ts";
import { findLastSuccess, type DeviceSources } from "./sources.ts";
import type { TransferView } from "./views.ts";

/** What passing data on took in a target's last good run; none before there was one. */
export function viewTransfers(target: Target, { history }: DeviceSources): readonly TransferView[] {
  const last = findLastSuccess(target, history);
  if (last === undefined) return [];
  const { name, kind, measurement } = target.probe;
  const { mechanism = "", memory = "" } = measurement.infoLabels;
  const transfers = readTransfers([last.run.end]);
  return [{ ...last.shown, probe: name, kind: kind.name, mechanism, memory, transfers }];
}
