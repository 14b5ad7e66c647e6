import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import { createAlarms } from "./alarms.ts";
import { backOffSeconds } from "./back-off.ts";
import { shortestGapSeconds } from "./schedule.ts";

/** What a target does in place of its schedule while it fails. */
export interface Retry {
  /** While true no tick of the schedule makes the target due. */
  readonly isWaiting: () => boolean;
  /** When it is tried again, in seconds since 1970; infinite when it does not wait. */
  readonly atSeconds: () => number;
  readonly controls: {
    /** Takes a run that failed and had been due then, by the monotonic clock: after several in a row the next one waits longer. */
    readonly failed: (dueAtSeconds: number) => void;
    /** Nothing is due before this moment of the monotonic clock. */
    readonly postpone: (untilSeconds: number) => void;
    /** Forgets all failures: what is due is what the schedule says. */
    readonly forgive: () => void;
  };
  readonly stop: () => void;
}

export interface RetryModules {
  readonly clock: Clock;
  readonly onDue: (target: Target) => void;
  /** Hears when a target is tried again, in seconds since 1970, while that is not by its schedule; undefined when it is again. */
  readonly onRetry?: (target: Target, atSeconds: number | undefined) => void;
}

/** What the schedule says, at the moment of asking. */
interface Scheduled {
  readonly target: Target;
  readonly nextAtSeconds: number;
}

/** Waits for nothing at first. */
export function createRetry(scheduled: () => Scheduled, modules: RetryModules): Retry {
  const wait = createWait(scheduled, modules);
  let failures = 0;
  return {
    isWaiting: wait.isWaiting,
    atSeconds: wait.atSeconds,
    controls: {
      failed: (dueAtSeconds) => {
        failures += 1;
        const gapSeconds = shortestGapSeconds(scheduled().target.probe.schedule);
        const waitSeconds = backOffSeconds(failures, gapSeconds);
        if (waitSeconds > 0) wait.postpone(dueAtSeconds + waitSeconds);
      },
      postpone: wait.postpone,
      forgive: () => {
        failures = 0;
        wait.end();
      },
    },
    stop: wait.stop,
  };
}

interface Wait extends Pick<Retry, "isWaiting" | "atSeconds" | "stop"> {
  readonly postpone: (untilSeconds: number) => void;
  readonly end: () => void;
}

function createWait(scheduled: () => Scheduled, { clock, onDue, onRetry }: RetryModules): Wait {
  const alarms = createAlarms(clock);
  const isWaiting = (): boolean => Number.isFinite(alarms.nextAtSeconds());
  const tell = (): void => {
    onRetry?.(scheduled().target, isWaiting() ? alarms.nextAtSeconds() : undefined);
  };
  return {
    isWaiting,
    atSeconds: alarms.nextAtSeconds,
    postpone: (untilSeconds) => {
      const seconds = untilSeconds - clock.monotonicSeconds();
      const before = isWaiting() ? alarms.nextAtSeconds() : scheduled().nextAtSeconds;
      // A schedule that is sparser anyway stays.
      if (clock.wallSeconds() + seconds <= before) return;
      alarms.clear();
      alarms.set(seconds, () => {
        tell();
        onDue(scheduled().target);
      });
      tell();
    },
    end: () => {
      if (!isWaiting()) return;
      alarms.clear();
      tell();
    },
    stop: alarms.clear,
  };
}
