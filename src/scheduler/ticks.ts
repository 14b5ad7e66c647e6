import { createTask } from "node-cron";
import { systemClock } from "../base/clock.ts";

/** The running ticks of one cron expression. */
export interface Ticks {
  /** Seconds since 1970. */
  readonly nextAtSeconds: () => number;
  readonly stop: () => void;
}

/** Calls `onTick` at every tick of a valid cron expression, until stopped. */
export type StartTicks = (expression: string, onTick: () => void) => Ticks;

/** A clock that was set back makes the next tick come sooner than was thought, which is noticed after so long at the latest. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * Ticks by the system's clock and time zone. Ticks that were missed, because the host slept, was too busy or had its clock set forward, come
 * as one, late; after a clock was set back they come by the new time. The timer does not keep the process alive. node-cron's own would go
 * through all ticks that were missed, one by one, and would wait for the clock to be again where it was.
 */
export const startTicks: StartTicks = (expression, onTick) => {
  const task = createTask(expression, () => undefined);
  const { wallSeconds, after } = systemClock;
  const findNext = (): number =>
    (task.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY) / 1000;
  let next = findNext();
  const beat = (): void => {
    const isDue = wallSeconds() >= next;
    next = findNext();
    cancel = wait();
    if (isDue) onTick();
  };
  const wait = (): (() => void) =>
    after(Math.min(Math.max(0, next - wallSeconds()), LONGEST_WAIT_SECONDS), beat);
  let cancel = wait();
  return {
    nextAtSeconds: () => next,
    stop: () => {
      cancel();
      void task.destroy();
    },
  };
};
