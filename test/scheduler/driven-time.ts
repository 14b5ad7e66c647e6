import type { Clock } from "../../src/base/clock.ts";
import type { StartTicks } from "../../src/scheduler/ticks.ts";

/** Wall time is this much more than monotonic time, so that no test can take one for the other. */
export const EPOCH_SECONDS = 1_000_000;

/** A clock that goes as far as it is told to, and calls back in order on its way. */
export function createDrivenClock(): Clock & { readonly advance: (seconds: number) => void } {
  const timers = new Set<{ readonly atSeconds: number; readonly callback: () => void }>();
  let now = 0;
  const next = (before: number) =>
    [...timers]
      .filter(({ atSeconds }) => atSeconds <= before)
      .toSorted((left, right) => left.atSeconds - right.atSeconds)[0];
  return {
    wallSeconds: () => EPOCH_SECONDS + now,
    monotonicSeconds: () => now,
    after: (seconds, callback) => {
      const timer = { atSeconds: now + seconds, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (seconds) => {
      const until = now + seconds;
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer);
        now = timer.atSeconds;
        timer.callback();
      }
      now = until;
    },
  };
}

/** Ticks that come when the test says so; the next one is always a thousand seconds after the epoch. */
export function createDrivenTicks(): {
  readonly startTicks: StartTicks;
  /** Lets all schedules of this expression tick. */
  readonly tick: (expression: string) => void;
  /** The expressions that tick, in the order they were started. */
  readonly running: () => readonly string[];
} {
  const started = new Set<{ readonly expression: string; readonly onTick: () => void }>();
  return {
    startTicks: (expression, onTick) => {
      const ticks = { expression, onTick };
      started.add(ticks);
      return {
        nextAtSeconds: () => EPOCH_SECONDS + 1000,
        stop: () => started.delete(ticks),
      };
    },
    tick: (expression) => {
      for (const ticks of started) if (ticks.expression === expression) ticks.onTick();
    },
    running: () => [...started].map(({ expression }) => expression),
  };
}
