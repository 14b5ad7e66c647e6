import { createTask } from "node-cron";

/** The running ticks of one cron expression. */
export interface Ticks {
  /** Seconds since 1970. */
  readonly nextAtSeconds: () => number;
  readonly stop: () => void;
}

/** Calls `onTick` at every tick of a valid cron expression, until stopped. */
export type StartTicks = (expression: string, onTick: () => void) => Ticks;

/** node-cron would write to the console. */
const SILENT = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};

/**
 * Ticks by the system's clock and time zone. Ticks that were missed, because the host slept or was too busy, come as one, late; the timer
 * does not keep the process alive.
 */
export const startTicks: StartTicks = (expression, onTick) => {
  const task = createTask(expression, onTick, {
    logger: SILENT,
    missedExecutionTolerance: Number.POSITIVE_INFINITY,
    suppressMissedWarning: true,
    unref: true,
  });
  void task.start();
  return {
    nextAtSeconds: () => (task.getNextRun()?.getTime() ?? Number.POSITIVE_INFINITY) / 1000,
    stop: () => {
      void task.destroy();
    },
  };
};
