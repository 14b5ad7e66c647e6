import {
  durationFromSpawned,
  intervalSeconds,
  unattributedSeconds,
} from "../protocol/intervals.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Figure } from "./kind.ts";

/** The phase whose end is the first result of the driver API. */
export const HEADLINE_PHASE = "first_kernel";

/** The name of the figure that a cold start is judged by. */
export const TIME_TO_FIRST_RESULT = "time to first result";

/** The phases up to the first result, the time to it, what of that no phase accounts for, and the phases after it. */
export function coldStartFigures(end: RunEnd): readonly Figure[] {
  const [instance] = end.report.instances;
  if (instance === undefined) return [];
  const phases = instance.phases.map((interval) =>
    seconds(interval.phase, intervalSeconds(interval)),
  );
  const after = phases.findIndex(({ name }) => name === HEADLINE_PHASE) + 1;
  return [
    ...phases.slice(0, after),
    ...known("unattributed", unattributedSeconds(instance, HEADLINE_PHASE)),
    ...known(TIME_TO_FIRST_RESULT, timeToFirstResult(end)),
    ...phases.slice(after),
  ];
}

/** From before the process exists to its first result, of the first instance. */
export function timeToFirstResult({ report }: RunEnd): number | undefined {
  const [instance] = report.instances;
  return instance && durationFromSpawned(instance, HEADLINE_PHASE);
}

function known(name: string, value: number | undefined): readonly Figure[] {
  return value === undefined ? [] : [seconds(name, value)];
}

function seconds(name: string, value: number): Figure {
  return { name, value, unit: "seconds" };
}
