import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import { createAlarms } from "./alarms.ts";
import { offsetSeconds } from "./offset.ts";
import { shortestGapSeconds } from "./schedule.ts";
import type { StartTicks, Ticks } from "./ticks.ts";

/** When one target is due. */
export interface Timetable {
  readonly target: () => Target;
  /** Seconds since 1970. */
  readonly nextAtSeconds: () => number;
  /** Takes the target's new settings; its timers stay unless the schedule is another. */
  readonly update: (target: Target) => void;
  readonly stop: () => void;
}

export interface TimetableModules {
  readonly clock: Clock;
  readonly startTicks: StartTicks;
  readonly onDue: (target: Target) => void;
}

/**
 * The first runs are spread over so long: enough that they are not all due at one moment, and little enough that every target has a figure
 * as soon as the lane allows. The lane makes them one at a time whatever the spread.
 */
const FIRST_RUNS_SECONDS = 3;

/** Makes a target due once soon, and then after each tick of its schedule by its own offset. */
export function startTimetable(
  initial: { readonly target: Target; readonly hostname: string },
  { clock, startTicks, onDue }: TimetableModules,
): Timetable {
  const { hostname } = initial;
  const alarms = createAlarms(clock);
  let { target } = initial;

  const dueWithin = (jitterSeconds: number): void => {
    alarms.set(spread(target, { hostname, jitterSeconds }), () => {
      onDue(target);
    });
  };
  const start = (): Ticks =>
    startTicks(target.probe.schedule, () => {
      dueWithin(jitterOf(target));
    });

  dueWithin(FIRST_RUNS_SECONDS);
  let ticks = start();
  return {
    target: () => target,
    nextAtSeconds: () => {
      const offset = spread(target, { hostname, jitterSeconds: jitterOf(target) });
      return Math.min(alarms.nextAtSeconds(), ticks.nextAtSeconds() + offset);
    },
    update: (next) => {
      const isSameSchedule = next.probe.schedule === target.probe.schedule;
      target = next;
      if (isSameSchedule) return;
      ticks.stop();
      ticks = start();
    },
    stop: () => {
      ticks.stop();
      alarms.clear();
    },
  };
}

/** At most the shortest gap, so that a run is due before the next tick comes. */
function jitterOf({ probe }: Target): number {
  const gapSeconds = shortestGapSeconds(probe.schedule);
  return Math.min(probe.jitterSeconds ?? gapSeconds / 10, gapSeconds);
}

function spread(
  { probe, device }: Target,
  where: { readonly hostname: string; readonly jitterSeconds: number },
): number {
  const uuid = device?.migUuid === "" ? device.gpuUuid : device?.migUuid;
  return offsetSeconds({ ...where, probe: probe.name, uuid: uuid ?? "" });
}
