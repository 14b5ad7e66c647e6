import type { InstanceReport } from "./report.ts";

/**
 * The phase in which an instance came to its end when that was no success: the one its result names, else the one that had begun
 * and not ended; before the end of `spawn` it is `spawn`, and after the result `exit`. Undefined between two phases.
 */
export function endingPhase(instance: InstanceReport): string | undefined {
  const { result, openPhase, phases } = instance;
  const named = result?.phase ?? openPhase;
  if (named !== undefined) return named;
  if (result !== undefined) return "exit";
  return phases.length === 0 ? "spawn" : undefined;
}
