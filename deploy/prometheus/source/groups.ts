import { coldStartAlerts } from "./cold-start-alerts.ts";
import { daemonAlerts } from "./daemon-alerts.ts";
import { gpuAlerts } from "./gpu-alerts.ts";
import { ipcAlerts } from "./ipc-alerts.ts";
import { recordingGroups } from "./recordings.ts";
import { makeGroup, type AlertRule, type Group } from "./rule.ts";
import { runAlerts } from "./run-alerts.ts";
import type { Settings } from "./settings.ts";
import { serializationAlerts } from "./serialization-alerts.ts";
import { sloAlerts } from "./slo-alerts.ts";

const ALERTS = [
  ["daemon", daemonAlerts],
  ["runs", runAlerts],
  ["gpus", gpuAlerts],
  ["cold-starts", coldStartAlerts],
  ["serialization", serializationAlerts],
  ["slo-burn", sloAlerts],
  ["ipc", ipcAlerts],
] as const;

/** Every rule, in the groups that Prometheus evaluates. */
export function allGroups(settings: Settings): readonly Group[] {
  const alerts = ALERTS.map(([name, of]) => makeGroup(settings, `cudaprobe-${name}`, of(settings)));
  return [...recordingGroups(settings), ...alerts];
}

export function allAlerts(settings: Settings): readonly AlertRule[] {
  return ALERTS.flatMap(([, of]) => of(settings));
}
