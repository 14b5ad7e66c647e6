import {
  durationFromSpawned,
  intervalSeconds,
  unattributedSeconds,
} from "../protocol/intervals.ts";
import type { PhaseInterval } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import { atOnceFigures, slowestInstance } from "./at-once-figures.ts";
import { figure } from "./figure.ts";
import type { Figure } from "./outputs.ts";
import { valueOf } from "./samples.ts";

/** The name of the figure that a cold start is judged by. */
export const TIME_TO_FIRST_RESULT = "time to first result";

/** The phases up to the first result, the time to it, what of that no phase accounts for, and the phases after it. */
export function coldStartFigures(end: RunEnd, firstResult: string): readonly Figure[] {
  const instance = slowestInstance(end, firstResult);
  if (instance === undefined) return [];
  const phases = instance.phases.map((interval) =>
    seconds(interval.phase, intervalSeconds(interval)),
  );
  const after = phases.findIndex(({ name }) => name === firstResult) + 1;
  return [
    ...phases.slice(0, after),
    ...known("unattributed", unattributedSeconds(instance, firstResult)),
    ...known(TIME_TO_FIRST_RESULT, timeToFirstResult(end, firstResult)),
    ...phases.slice(after),
    ...atOnceFigures(end, firstResult),
  ];
}

/** What is said of runtimes above the driver: the work in each phase, and whether the import had to compile what it imported. */
export function startFigures(end: RunEnd, firstResult: string): readonly Figure[] {
  return [
    ...processorFigures(end, firstResult),
    ...figure("bytecode missing", valueOf(end, "bytecode_missing"), "count"),
  ];
}

/**
 * What of each phase was work of the process's own processors, and what was waiting. Several threads at once may have worked for longer than
 * the phase lasted: none of it is seen as waiting then.
 */
function processorFigures(end: RunEnd, firstResult: string): readonly Figure[] {
  const instance = slowestInstance(end, firstResult);
  return instance?.phases.flatMap(splitPhase) ?? [];
}

function splitPhase(interval: PhaseInterval): readonly Figure[] {
  const { phase, cpuSeconds } = interval;
  if (cpuSeconds === undefined) return [];
  const blocked = Math.max(0, intervalSeconds(interval) - cpuSeconds);
  return [seconds(`${phase} cpu`, cpuSeconds), seconds(`${phase} blocked`, blocked)];
}

/** From before the process exists to its first result; of several at once from their release to the last one's. */
export function timeToFirstResult(end: RunEnd, firstResult: string): number | undefined {
  const instance = slowestInstance(end, firstResult);
  return instance && durationFromSpawned(instance, firstResult);
}

function known(name: string, value: number | undefined): readonly Figure[] {
  return value === undefined ? [] : [seconds(name, value)];
}

function seconds(name: string, value: number): Figure {
  return { name, value, unit: "seconds" };
}
