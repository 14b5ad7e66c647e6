import { dirname } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import type { Result } from "../../src/base/result.ts";
import type { MpsDaemon } from "../../src/mps/daemon.ts";
import type { MpsFault } from "../../src/mps/fault.ts";
import { createMpsStarter, type MpsOptions } from "../../src/mps/start-daemon.ts";
import { nativeFile } from "../support/native.ts";
import { fixture } from "../support/runs.ts";

export interface StandIn extends Partial<MpsOptions> {
  /** What it does wrong, see test/fixtures/mps/control.mjs. */
  readonly fault?: string;
  readonly activeThreadPercentage?: number;
  readonly signal?: AbortSignal;
}

/** Starts what stands in for MPS, its directories in the given one. */
export async function startStandIn(
  parentDirectory: string,
  { fault = "", activeThreadPercentage = 100, signal, ...options }: StandIn = {},
): Promise<Result<MpsDaemon, MpsFault>> {
  const starter = createMpsStarter(
    {
      launcher: nativeFile("launcher"),
      parentDirectory,
      searchPath: [fixture("mps/bin"), dirname(process.execPath), "/usr/bin", "/bin"],
      graceSeconds: 10,
      giveUpSeconds: 5,
      ...options,
    },
    { clock: systemClock },
  );
  return starter({ activeThreadPercentage, env: { MPS_STAND_IN: fault } }, signal);
}

/** The same, where it has to come up. */
export async function startedStandIn(
  parentDirectory: string,
  options: StandIn = {},
): Promise<MpsDaemon> {
  const started = await startStandIn(parentDirectory, options);
  if (!started.ok) throw new Error(`there is no daemon: ${started.error.message}`);
  return started.value;
}
