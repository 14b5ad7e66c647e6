import { fail, type Result } from "../base/result.ts";
import { applyLine } from "./apply.ts";
import { toInstanceReport } from "./instance-report.ts";
import { createInstanceState, type InstanceState } from "./instance-state.ts";
import { parseLine, type Line, type LineOf } from "./line.ts";
import type { InstanceReport, Report } from "./report.ts";
import { findBreach } from "./rules.ts";

/** Folds the lines of one run into its report. */
export interface Fold {
  /**
   * Takes the next line, without its end. The error says what is wrong with it: such a line leaves no trace but
   * {@link Report.problem}, and those after it are still taken.
   */
  readonly push: (text: string) => Result<Line>;
  /** What was said up to now; later lines do not change it. */
  readonly report: () => Report;
}

/** A fold of a run of so many instances, 1 when left out. Several are released from a barrier; one alone may be. */
export function createFold(instances = 1, barrier = instances > 1): Fold {
  const states = new Map<number, InstanceState>();
  let released: LineOf<"released"> | undefined;
  let problem: string | undefined;
  let lines = 0;

  const take = (text: string): Result<Line> => {
    const parsed = parseLine(text);
    if (!parsed.ok) return fail(`${parsed.error}: ${excerpt(text)}`);
    const line = parsed.value;
    const breach = findBreachOfRun(line, { instances, barrier, released });
    if (breach !== undefined) return fail(breach);
    const state = states.get(line.instance) ?? createInstanceState();
    const breachOfInstance = findBreach(state, line);
    if (breachOfInstance !== undefined) return fail(breachOfInstance);
    states.set(line.instance, state);
    applyLine(state, line);
    if (line.type === "released") released = line;
    return parsed;
  };

  return {
    push: (text) => {
      lines += 1;
      const taken = take(text);
      if (!taken.ok) problem ??= `line ${lines}: ${taken.error}`;
      return taken;
    },
    report: () => ({
      instances: [...states.entries()]
        .toSorted(([one], [other]) => one - other)
        .map(([instance, state]) => toInstanceReport(instance, state))
        .map((instance) => startAtRelease(instance, released?.at_seconds)),
      ...(released && { releasedAtSeconds: released.at_seconds }),
      ...(problem !== undefined && { problem }),
    }),
  };
}

interface RunState {
  readonly instances: number;
  readonly barrier: boolean;
  readonly released: LineOf<"released"> | undefined;
}

function findBreachOfRun(
  line: Line,
  { instances, barrier, released }: RunState,
): string | undefined {
  if (line.instance >= instances) return `instance ${line.instance} in a run of ${instances}`;
  if (line.type !== "released") return undefined;
  if (!barrier) return "released in a run of one instance";
  return released === undefined ? undefined : "a second released";
}

/** What was held at the barrier starts with its release: how long it took to get there is no phase of it. */
function startAtRelease(instance: InstanceReport, atSeconds: number | undefined): InstanceReport {
  if (atSeconds === undefined) return instance;
  const phases = instance.phases.filter(({ phase }) => phase !== "spawn");
  return { ...instance, phases, releasedAtSeconds: atSeconds };
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
