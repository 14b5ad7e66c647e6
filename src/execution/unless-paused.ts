import type { Clock } from "../base/clock.ts";
import type { Executor } from "./executor.ts";
import type { Pause } from "./pause.ts";

/** Executes nothing while there is a pause: not even the look at the driver that the other gates want. */
export function unlessPaused(
  execute: Executor,
  { pause, clock }: { readonly pause: Pick<Pause, "check">; readonly clock: Clock },
): Executor {
  return async (target, dueAtSeconds, signal) => {
    const paused = await pause.check();
    if (paused === undefined) return execute(target, dueAtSeconds, signal);
    const { message } = paused;
    return { type: "skip", target, atSeconds: clock.wallSeconds(), reason: "paused", message };
  };
}
