import { createTask, type ParsedFields, validateDetailed } from "node-cron";

const ALLOWED =
  'write five fields (minute hour day-of-month month day-of-week), or six with seconds in front, such as "*/5 * * * *"';

const MINUTES_A_DAY = 1440;

/** What is wrong with a cron expression and what is allowed, or undefined when nothing is. */
export function validateSchedule(expression: string): string | undefined {
  if (isExcessive(expression)) return `it is too long, or has numbers that are: ${ALLOWED}`;
  const { valid, errors, fields } = validateDetailed(expression);
  if (!valid) return `${errors.map(({ message }) => message).join("; ")}: ${ALLOWED}`;
  if (fields !== undefined && comesInSomeYear(fields)) return undefined;
  return ticksEver(expression) ? undefined : "this never comes";
}

/** The days that every month has. */
const SHORTEST_MONTH = 28;

/**
 * A day that every month has is each day of the week in some year. That spares looking through calendars, whose rules take longer to load
 * than all else that a config needs.
 */
function comesInSomeYear({ dayOfMonth, dayOfWeek }: ParsedFields): boolean {
  return (
    dayOfMonth.some((day) => typeof day === "number" && day <= SHORTEST_MONTH) &&
    // The third Friday is no day 1.
    dayOfWeek.every((day) => typeof day === "number")
  );
}

/**
 * node-cron writes out each range before it looks at its ends: some digits more would take all the memory there is, and a long list takes
 * minutes.
 */
function isExcessive(expression: string): boolean {
  return expression.length > 200 || /\d{4}|\.\d/.test(expression);
}

/** Loads the calendar's rules, which takes some 20 ms, once; whoever asks for ticks before would wait for it then. */
export function loadCalendar(): void {
  nextTicks("* * * * *", 1);
}

/** Seconds from the next tick to the one after it, by the system's clock and time zone. */
export function intervalSeconds(expression: string): number {
  const [first, second] = nextTicks(expression, 2);
  if (first === undefined || second === undefined) throw new Error("node-cron gave too few ticks");
  return second - first;
}

/**
 * The shortest gap between two ticks, at most a day. It depends on the expression alone, so what is derived from it is the same at any hour
 * and after a restart.
 */
export function shortestGapSeconds(expression: string): number {
  const { fields } = validateDetailed(expression);
  if (fields === undefined) throw new Error(`not a schedule: ${expression}`);
  const minutes = fields.hour.flatMap((hour) => fields.minute.map((minute) => hour * 60 + minute));
  const [first = 0, ...others] = sortUnique(fields.second);
  const last = others.at(-1) ?? first;
  const betweenMinutes = shortestGap(minutes, MINUTES_A_DAY) * 60 + first - last;
  return others.length === 0
    ? betweenMinutes
    : Math.min(betweenMinutes, shortestGap(fields.second, Number.POSITIVE_INFINITY));
}

/** The shortest way from one value to the next, the first one following the last after `cycle`. */
function shortestGap(values: readonly number[], cycle: number): number {
  const sorted = sortUnique(values);
  const following = [...sorted.slice(1), (sorted[0] ?? 0) + cycle];
  return Math.min(...sorted.map((value, index) => (following[index] ?? 0) - value));
}

/** A schedule may name a moment twice. */
function sortUnique(values: readonly number[]): readonly number[] {
  return [...new Set(values)].toSorted((left, right) => left - right);
}

function ticksEver(expression: string): boolean {
  try {
    return nextTicks(expression, 1).length > 0;
  } catch {
    // node-cron looks a hundred years ahead and then throws.
    return false;
  }
}

/** Seconds since 1970. */
function nextTicks(expression: string, count: number): readonly number[] {
  const task = createTask(expression, () => undefined);
  try {
    return task.getNextRuns(count).map((date) => date.getTime() / 1000);
  } finally {
    void task.destroy();
  }
}
