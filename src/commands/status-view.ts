import type { Config, Target } from "../config/config.ts";
import type { Listing } from "../devices/device.ts";
import type { Backend } from "../devices/backend.ts";
import type { History } from "../history/history.ts";
import type { RunRecord } from "../history/record.ts";
import type { LastRun, StatusView, TargetStatus } from "../http/status.ts";

/** What the status page is made from. */
export interface StatusSources {
  readonly atSeconds: number;
  /** What was asked for, until a listing says what answered. */
  readonly backend: Backend;
  readonly listing: Listing | undefined;
  readonly config: Config;
  /** Why nothing is started, while that is so. */
  readonly paused: string | undefined;
  readonly targets: readonly Target[];
  readonly history: Pick<History, "latest">;
  readonly nextAtSeconds: (targetId: string) => number | undefined;
}

/** The status page's data, now. */
export function makeStatusView(sources: StatusSources): StatusView {
  const { atSeconds, listing, config, targets } = sources;
  return {
    atSeconds,
    backend: listing?.driver?.backend ?? sources.backend,
    up: listing === undefined ? undefined : listing.fault === undefined,
    fault: listing?.fault,
    driver: listing?.driver,
    configFile: config.file,
    paused: sources.paused,
    targets: targets.map((target) => makeTargetStatus(target, sources)),
  };
}

function makeTargetStatus(
  target: Target,
  { listing, history, nextAtSeconds }: StatusSources,
): TargetStatus {
  const { probe, device } = target;
  const name = listing?.devices.find(({ gpuUuid }) => gpuUuid === device?.gpuUuid)?.name ?? "";
  const latest = history.latest(target.id);
  return {
    probe: probe.name,
    kind: probe.kind.name,
    device: device && { gpu: device.gpu, uuid: device.gpuUuid, name },
    last: latest && makeLastRun(latest),
    nextAtSeconds: nextAtSeconds(target.id),
  };
}

function makeLastRun(record: RunRecord): LastRun {
  const { atSeconds } = record;
  if (record.type === "skip") {
    const { reason, message } = record;
    const nothing = { phase: undefined, code: undefined, durationSeconds: undefined };
    return { ...nothing, outcome: "skipped", reason, message, atSeconds };
  }
  const { outcome, reason, phase, code, message, startedAtSeconds, endedAtSeconds } = record.end;
  const durationSeconds = endedAtSeconds - startedAtSeconds;
  return { outcome, reason, phase, code, message, atSeconds, durationSeconds };
}
