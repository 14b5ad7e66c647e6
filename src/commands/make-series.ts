import type { Target } from "../config/config.ts";
import { createExecutor } from "../execution/executor.ts";
import { findPauseFile } from "../execution/pause.ts";
import { unlessPaused } from "../execution/unless-paused.ts";
import { decideGo } from "../gates/decide-go.ts";
import { createHold } from "../scheduler/hold.ts";
import type { CommandIo } from "./io.ts";
import { showProgress } from "./progress.ts";
import { runSeries } from "./run-series.ts";
import type { Session } from "./session.ts";

/** Makes a series of runs through the same gates and the same lane as the daemon's, and shows how far it is. */
export async function makeSeries(
  target: Target,
  iterations: number,
  { session, io }: { readonly session: Session; readonly io: CommandIo },
): ReturnType<typeof runSeries> {
  const progress = showProgress(iterations, io);
  const request = { target, iterations, onRecord: progress.step };
  return runSeries(request, makeModules(session, io), session.signal).finally(progress.stop);
}

function makeModules(
  { host, lane, config }: Session,
  { clock }: CommandIo,
): Parameters<typeof runSeries>[1] {
  const execute = createExecutor(host.executorOptions, {
    ...host,
    clock,
    hold: createHold({ ...host, gates: () => config.gates, clock }),
    decide: (target, listing) =>
      decideGo({
        target,
        listing,
        gates: config.gates,
        isWsl: host.isWsl,
        inFlight: false,
        lastFootprintBytes: undefined,
      }),
    processesPerDevice: () => config.limits.processesPerDevice,
  });
  // It may begin in the middle of a series.
  const pause = { check: async () => findPauseFile(config.gates.pauseFile) };
  return { execute: unlessPaused(execute, { pause, clock }), lane, clock };
}
