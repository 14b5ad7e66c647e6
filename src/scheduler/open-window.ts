import { createTask, validateDetailed } from "node-cron";
import { toDate } from "../base/wall-clock.ts";
import type { QuietHours } from "../config/quiet-hours.ts";

const SECONDS_A_DAY = 86_400;

/**
 * The first of these windows that is open when a clock on the wall shows that; also one that opened before this process started. A window
 * whose beginning the change to summer time leaves out is open for what is left of it.
 */
export function findOpenWindow(
  windows: readonly QuietHours[],
  wallSeconds: number,
): QuietHours | undefined {
  return windows.find((window) => {
    const openedAt = lastTickSeconds(window, wallSeconds);
    return openedAt !== undefined && wallSeconds < openedAt + window.durationSeconds;
  });
}

/** The latest tick up to then which a window could still be open from. Times are those of a wall clock. */
function lastTickSeconds(
  { schedule, durationSeconds }: QuietHours,
  wallSeconds: number,
): number | undefined {
  const inDay = ticksInDay(schedule);
  const task = createTask(schedule, () => undefined, { timezone: "UTC" });
  const today = Math.floor(wallSeconds / SECONDS_A_DAY) * SECONDS_A_DAY;
  try {
    for (
      let day = today;
      day > wallSeconds - durationSeconds - SECONDS_A_DAY;
      day -= SECONDS_A_DAY
    ) {
      const tick = inDay.map((seconds) => day + seconds).findLast((at) => at <= wallSeconds);
      if (tick !== undefined && task.match(toDate(tick))) return tick;
    }
    return undefined;
  } finally {
    void task.destroy();
  }
}

/** Seconds from midnight of the ticks on a day that has any, in their order. */
function ticksInDay(schedule: string): readonly number[] {
  const { fields } = validateDetailed(schedule);
  if (fields === undefined) throw new Error(`not a schedule: ${schedule}`);
  const { hour, minute, second } = fields;
  return hour
    .flatMap((h) => minute.flatMap((m) => second.map((s) => h * 3600 + m * 60 + s)))
    .toSorted((left, right) => left - right);
}
