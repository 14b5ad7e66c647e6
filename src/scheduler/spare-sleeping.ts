import type { Target } from "../config/config.ts";
import type { Device } from "../devices/device.ts";
import { shortestGapSeconds } from "./schedule.ts";

/**
 * The targets with the schedules that they have on these devices: while one without persistence mode is among them, which sleeps when
 * nobody holds it, what would wake it runs no more often than its kind says. A schedule that is sparser anyway stays.
 */
export function spareSleeping(
  targets: readonly Target[],
  devices: readonly Pick<Device, "persistenceMode">[],
): readonly Target[] {
  const sleeps = devices.some(({ persistenceMode }) => persistenceMode === "disabled");
  return sleeps ? targets.map(spare) : targets;
}

function spare(target: Target): Target {
  const { schedule, measurement } = target.probe;
  const sparser = measurement.sleepingSchedule;
  if (sparser === undefined || shortestGapSeconds(schedule) >= shortestGapSeconds(sparser)) {
    return target;
  }
  return { ...target, probe: { ...target.probe, schedule: sparser } };
}
