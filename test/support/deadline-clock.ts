import { systemClock, type Clock } from "../../src/base/clock.ts";

/** A clock whose one deadline is passed by hand. */
export interface DeadlineClock {
  readonly clock: Clock;
  /** It may be called before the deadline has begun to run. */
  readonly passDeadline: () => void;
}

/** The host's clock, or another, but a timer of this length runs out when it is told to. */
export function createDeadlineClock(deadlineSeconds: number, other = systemClock): DeadlineClock {
  const waiting = new Set<() => void>();
  let hasPassed = false;
  const clock: Clock = {
    ...other,
    after: (seconds, callback) => {
      if (seconds !== deadlineSeconds) return other.after(seconds, callback);
      if (hasPassed) return other.after(0, callback);
      waiting.add(callback);
      return () => {
        waiting.delete(callback);
      };
    },
  };
  return {
    clock,
    passDeadline: () => {
      hasPassed = true;
      for (const callback of waiting) callback();
    },
  };
}
