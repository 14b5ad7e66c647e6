import { join } from "node:path";
import type { Lifecycle } from "../base/lifecycle.ts";
import { PROBE_PATH } from "../execution/environment.ts";
import { createLaneHolder } from "../execution/hold-lane.ts";
import type { ProgramOptions } from "../execution/run-request.ts";
import type { Workspace } from "../execution/workspace.ts";
import { createMpsStarter } from "../mps/start-daemon.ts";
import { createLauncherAhead } from "../runner/launcher-ahead.ts";
import type { LauncherOptions } from "../runner/launcher.ts";
import type { Runner } from "../runner/run.ts";
import { createRunner } from "../runner/runner.ts";
import type { CommandIo } from "./io.ts";
import type { Host, HostOptions } from "./open-host.ts";

interface Places {
  readonly workspace: Workspace;
  readonly executorOptions: ProgramOptions;
}

interface Modules {
  readonly io: CommandIo;
  readonly lifecycle: Lifecycle;
}

/** What makes runs, and what makes looks at the devices: these have no launcher ahead, which the run that follows is to find. */
type Runners = Pick<Host, "runner" | "mps" | "holdLane"> & { readonly lookRunner: Runner };

/**
 * Each run takes the host's lane; those under MPS are in that of their daemon, those of several starts in one that is held for them. What
 * is started for those in a row has no launcher ahead: that would be started beside what is measured.
 */
export function openRunners(
  options: HostOptions,
  { workspace, executorOptions }: Places,
  modules: Modules,
): Runners {
  const { io } = modules;
  const launcher = join(executorOptions.nativeDirectory, "launcher");
  const { laneWaitSeconds: timeoutSeconds } = options.config.limits;
  const inLane = { launcher, laneLock: { file: workspace.laneFile, timeoutSeconds } };
  const mpsOptions = {
    ...inLane,
    parentDirectory: workspace.directory,
    searchPath: findMpsPath(executorOptions),
  };
  return {
    runner: createRunner(withAhead(inLane, options, modules), io),
    lookRunner: createRunner(inLane, io),
    holdLane: createLaneHolder(inLane, io),
    mps: { start: createMpsStarter(mpsOptions, io), runner: createRunner({ launcher }, io) },
  };
}

function withAhead(
  inLane: LauncherOptions,
  { startsAhead }: HostOptions,
  { io, lifecycle }: Modules,
): LauncherOptions {
  if (startsAhead !== true) return inLane;
  const ahead = createLauncherAhead(inLane.launcher, io);
  lifecycle.add("launcher ahead", ahead.close);
  return { ...inLane, ahead };
}

/** A client of the emulator can do nothing with a driver's MPS, which would take the driver's GPU for nothing. */
export function findMpsPath({
  nativeDirectory,
  emulatorDirectory,
}: ProgramOptions): readonly string[] {
  return emulatorDirectory === undefined ? PROBE_PATH : [join(nativeDirectory, "emulator/bin")];
}
