import type { RunRecord } from "../history/record.ts";
import type { Facts, Shown } from "./make-report.ts";
import type { Session } from "./session.ts";

/** The runs that a command made. */
export interface MadeRuns {
  /** Those that it is judged by. */
  readonly records: readonly RunRecord[];
  /** How many were made in all, and how many were to be. */
  readonly done: number;
  readonly planned: number;
  readonly show: (facts: Facts) => Shown;
}

/** In words, that a signal came before all runs were made; undefined when none did. */
export function describeCut({ done, planned }: MadeRuns, { endedBy }: Session): string | undefined {
  const signal = endedBy();
  if (signal === undefined || done === planned) return undefined;
  return `cut short by ${signal} after ${String(done)} of ${String(planned)} runs`;
}
