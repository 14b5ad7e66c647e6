import type { Clock } from "../base/clock.ts";

/** Timers that can be asked when the next one rings, and silenced together. */
export interface Alarms {
  readonly set: (seconds: number, callback: () => void) => void;
  /** Seconds since 1970, by the clock as it is set now; infinite without an alarm. */
  readonly nextAtSeconds: () => number;
  readonly clear: () => void;
}

/** No alarm is set at first. */
export function createAlarms(clock: Clock): Alarms {
  const pending = new Set<{ readonly atSeconds: number; readonly cancel: () => void }>();
  return {
    set: (seconds, callback) => {
      const cancel = clock.after(seconds, () => {
        pending.delete(alarm);
        callback();
      });
      const alarm = { atSeconds: clock.monotonicSeconds() + seconds, cancel };
      pending.add(alarm);
    },
    nextAtSeconds: () => {
      const left = [...pending].map(({ atSeconds }) => atSeconds - clock.monotonicSeconds());
      return clock.wallSeconds() + Math.min(...left);
    },
    clear: () => {
      for (const { cancel } of pending) cancel();
      pending.clear();
    },
  };
}
