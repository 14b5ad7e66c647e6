import type { Target } from "../config/config.ts";
import { createAlarms } from "./alarms.ts";
import { offsetSeconds } from "./offset.ts";
import { createRetry, type Retry, type RetryModules } from "./retry.ts";
import { shortestGapSeconds } from "./schedule.ts";
import type { StartTicks, Ticks } from "./ticks.ts";

/** When one target is due. */
export interface Timetable extends Controls {
  readonly target: () => Target;
  /** Seconds since 1970. */
  readonly nextAtSeconds: () => number;
  /** Takes the target's new settings; its timers stay unless the schedule is another, and its failures unless the probe is. */
  readonly update: (target: Target) => void;
  readonly stop: () => void;
}

type Controls = Retry["controls"];

export interface TimetableModules extends RetryModules {
  readonly startTicks: StartTicks;
}

/**
 * The first runs are spread over so long: enough that they are not all due at one moment, and little enough that every target has a figure
 * as soon as the lane allows. The lane makes them one at a time whatever the spread.
 */
const FIRST_RUNS_SECONDS = 3;

/** Makes a target due once soon, and then after each tick of its schedule by its own offset; unless it goes on failing. */
export function startTimetable(
  initial: { readonly target: Target; readonly hostname: string },
  modules: TimetableModules,
): Timetable {
  let { target } = initial;
  const onDue = (): void => {
    if (!retry.isWaiting()) modules.onDue(target);
  };
  const dues = startDues(
    { target: () => target, hostname: initial.hostname },
    { ...modules, onDue },
  );
  const retry = createRetry(() => ({ target, nextAtSeconds: dues.nextAtSeconds() }), modules);
  return {
    target: () => target,
    nextAtSeconds: () => (retry.isWaiting() ? retry.atSeconds() : dues.nextAtSeconds()),
    ...retry.controls,
    update: (next) => {
      const isSameSchedule = next.probe.schedule === target.probe.schedule;
      if (next.probe.settings !== target.probe.settings) retry.controls.forgive();
      target = next;
      if (!isSameSchedule) dues.restart();
    },
    stop: () => {
      dues.stop();
      retry.stop();
    },
  };
}

/** When a target is due by its schedule. */
interface Dues {
  readonly nextAtSeconds: () => number;
  /** Follows another schedule. */
  readonly restart: () => void;
  readonly stop: () => void;
}

function startDues(
  { target, hostname }: { readonly target: () => Target; readonly hostname: string },
  {
    clock,
    startTicks,
    onDue,
  }: Pick<TimetableModules, "clock" | "startTicks"> & { readonly onDue: () => void },
): Dues {
  const alarms = createAlarms(clock);
  const jitter = createJitter();
  const dueWithin = (jitterSeconds: number): void => {
    alarms.set(spread(target(), { hostname, jitterSeconds }), onDue);
  };
  const start = (): Ticks =>
    startTicks(target().probe.schedule, () => {
      dueWithin(jitter(target()));
    });

  dueWithin(FIRST_RUNS_SECONDS);
  let ticks = start();
  return {
    nextAtSeconds: () => {
      const offset = spread(target(), { hostname, jitterSeconds: jitter(target()) });
      return Math.min(alarms.nextAtSeconds(), ticks.nextAtSeconds() + offset);
    },
    restart: () => {
      ticks.stop();
      ticks = start();
    },
    stop: () => {
      ticks.stop();
      alarms.clear();
    },
  };
}

/** Tells the jitter of targets, and reads the schedule again only where it gets another probe. */
function createJitter(): (target: Target) => number {
  let probe: Target["probe"] | undefined;
  let seconds = 0;
  return (target) => {
    if (target.probe !== probe) seconds = jitterOf(target);
    probe = target.probe;
    return seconds;
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
