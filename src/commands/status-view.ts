import type { Config, Target } from "../config/config.ts";
import { redactConfig } from "../config/redact.ts";
import type { Backend } from "../devices/backend.ts";
import type { History } from "../history/history.ts";
import { lastOfHost } from "../history/host-runs.ts";
import type { EndedRun, RunRecord } from "../history/record.ts";
import { runId } from "../history/run-id.ts";
import type { DeviceSources } from "../http/page/sources.ts";
import { viewDevices } from "../http/page/view-device.ts";
import type {
  FailureStatus,
  LastRun,
  RunStatus,
  StatusView,
  TargetDevice,
  TargetStatus,
} from "../http/status.ts";

/** What the status page is made from. */
export interface StatusSources extends Omit<DeviceSources, "history"> {
  readonly hostname: string;
  /** What was asked for, until a listing says what answered. */
  readonly backend: Backend;
  readonly config: Config;
  /** Why nothing is started, while that is so. */
  readonly paused: string | undefined;
  readonly history: Pick<History, "latest" | "latestRun" | "records" | "failures">;
  readonly nextAtSeconds: (targetId: string) => number | undefined;
}

/** The status page's data, now. */
export function makeStatusView(sources: StatusSources): StatusView {
  const { atSeconds, hostname, listing, config, targets, history } = sources;
  const { runs, failures } = lastOfHost(
    history,
    targets.map(({ id }) => id),
  );
  return {
    atSeconds,
    hostname,
    backend: listing?.driver?.backend ?? sources.backend,
    up: listing === undefined ? undefined : listing.fault === undefined,
    fault: listing?.fault,
    driver: listing?.driver,
    configFile: config.file,
    paused: sources.paused,
    configText: redactConfig(config.text),
    configuredProbes: config.probes.length,
    devices: viewDevices(sources),
    lost: listing?.lost ?? [],
    targets: targets.map((target) => makeTargetStatus(target, sources)),
    runs: runs.map(makeRunStatus),
    failures: failures.map(makeFailureStatus),
  };
}

function makeTargetStatus(target: Target, { history, nextAtSeconds }: StatusSources): TargetStatus {
  const { probe } = target;
  const latest = history.latest(target.id);
  return {
    probe: probe.name,
    kind: probe.kind.name,
    schedule: probe.schedule,
    device: makeTargetDevice(target),
    last: latest && makeLastRun(latest),
    nextAtSeconds: nextAtSeconds(target.id),
  };
}

function makeTargetDevice({ device }: Target): TargetDevice | undefined {
  if (device === undefined) return undefined;
  const { gpu, gpuUuid, migUuid, name } = device;
  return { gpu, uuid: migUuid === "" ? gpuUuid : migUuid, name };
}

function makeRunStatus(record: RunRecord): RunStatus {
  const { target } = record;
  return {
    ...makeLastRun(record),
    probe: target.probe.name,
    device: makeTargetDevice(target),
  };
}

/** So much of what a probe said is shown: enough for its last words. */
const TRANSCRIPT_LINES = 12;
const STDERR_CHARACTERS = 1000;

function makeFailureStatus(run: EndedRun): FailureStatus {
  return {
    ...makeRunStatus(run),
    runId: runId(run),
    transcript: run.end.transcript.slice(-TRANSCRIPT_LINES),
    stderr: run.end.stderr.slice(-STDERR_CHARACTERS),
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
