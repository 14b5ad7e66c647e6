import {
  durationFromSpawned,
  intervalSeconds,
  unattributedSeconds,
} from "../protocol/intervals.ts";
import type { PhaseInterval } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import { figure } from "./figure.ts";
import type { Figure } from "./kind.ts";
import { valueOf } from "./samples.ts";

/** The phase whose end is the first result of the driver API. */
export const HEADLINE_PHASE = "first_kernel";

/** The name of the figure that a cold start is judged by. */
export const TIME_TO_FIRST_RESULT = "time to first result";

/** The phases up to the first result, the time to it, what of that no phase accounts for, and the phases after it. */
export function coldStartFigures(end: RunEnd, firstResult = HEADLINE_PHASE): readonly Figure[] {
  const [instance] = end.report.instances;
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
  ];
}

/** What is said of runtimes above the driver: the work in each phase, and whether the import had to compile what it imported. */
export function startFigures(end: RunEnd): readonly Figure[] {
  return [
    ...processorFigures(end),
    ...figure("bytecode missing", valueOf(end, "bytecode_missing"), "count"),
  ];
}

/**
 * What of each phase was work of the process's own processors, and what was waiting. A phase in which several threads worked at once
 * may have more of the former than it lasted: what of it was waiting is not known then.
 */
function processorFigures({ report }: RunEnd): readonly Figure[] {
  const [instance] = report.instances;
  return instance?.phases.flatMap(splitPhase) ?? [];
}

function splitPhase(interval: PhaseInterval): readonly Figure[] {
  const { phase, cpuSeconds } = interval;
  if (cpuSeconds === undefined) return [];
  const blocked = intervalSeconds(interval) - cpuSeconds;
  return [
    seconds(`${phase} cpu`, cpuSeconds),
    ...known(`${phase} blocked`, blocked < 0 ? undefined : blocked),
  ];
}

/** From before the process exists to its first result, of the first instance. */
export function timeToFirstResult(
  { report }: RunEnd,
  firstResult = HEADLINE_PHASE,
): number | undefined {
  const [instance] = report.instances;
  return instance && durationFromSpawned(instance, firstResult);
}

function known(name: string, value: number | undefined): readonly Figure[] {
  return value === undefined ? [] : [seconds(name, value)];
}

function seconds(name: string, value: number): Figure {
  return { name, value, unit: "seconds" };
}
