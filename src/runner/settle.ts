import type { Clock } from "../base/clock.ts";
import type { Patience } from "./end-gracefully.ts";
import { endRun, untilGone } from "./end-run.ts";
import type { RunEnd } from "./run.ts";
import type { Settlement } from "./settlement.ts";
import type { StartedRun } from "./start-run.ts";
import { fulfilledWithin, pause } from "./wait.ts";

/** A run that is over, and what is kept of it for people. */
export interface SettledRun extends Settlement, Pick<RunEnd, "transcript" | "gone"> {}

/** How long to wait for the rest of the output once the launcher has ended: a descendant may hold the pipes for ever. */
const DRAIN_SECONDS = 0.2;

/** Waits for a run's end, brings it about where it does not come by itself, and gives up on what does not end at all. */
export async function settle(
  run: StartedRun,
  modules: Patience & { readonly clock: Clock },
): Promise<SettledRun> {
  const cause = await run.cause;
  const processes = await endRun(run, cause, modules);
  if (processes.hung) run.launcher.abandon();
  else await drain(run, modules.clock);
  run.launcher.closePipes();
  return {
    cause,
    ...processes,
    instances: run.instances,
    report: run.output.report(),
    excess: run.output.excess(),
    stderr: run.stderr.text(),
    transcript: run.output.transcript(),
    ...(processes.hung && { gone: untilGone(run, modules.clock) }),
  };
}

async function drain(run: StartedRun, clock: Clock): Promise<void> {
  const drained = await fulfilledWithin(clock, DRAIN_SECONDS, run.outputEnded);
  // When this process was busy the time may be up before what has come was read. The next timer fires after it was.
  if (!drained) await pause(clock, 0);
  run.output.end();
}
