import type { Clock } from "../base/clock.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Patience } from "../runner/end-gracefully.ts";
import type { LauncherOptions } from "../runner/launcher.ts";
import { startService } from "../runner/service.ts";
import { createControl } from "./control.ts";
import { createDaemon, endDaemon, type MpsDaemon, type MpsParts } from "./daemon.ts";
import { makeMpsDirectories, type MpsDirectories } from "./directories.ts";
import { mpsFault, type MpsFault } from "./fault.ts";
import { findControl } from "./find-control.ts";
import { makeReady } from "./make-ready.ts";

export interface MpsOptions extends LauncherOptions, Partial<Patience> {
  /** Its directories are made in this one. */
  readonly parentDirectory: string;
  /** Where MPS' control program is looked for, in this order. */
  readonly searchPath: readonly string[];
  /** From a daemon's start to its first answer; 10 s when left out. */
  readonly readySeconds?: number;
  /** How long a daemon gives its clients to leave when it is ended; 5 s when left out. */
  readonly quitSeconds?: number;
}

/** What one daemon is to be. */
export interface MpsOrder {
  /** Of the GPU's threads, for each client: 1 to 100. */
  readonly activeThreadPercentage: number;
  /** What its clients have beside their pipe directory; it tells the server which GPU to take, too. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts a daemon for one run, which holds the host's lane from then on until it is ended. Never rejects for what MPS does; aborting
 * the signal ends what was begun, in order.
 */
export type MpsStarter = (
  order: MpsOrder,
  signal?: AbortSignal,
) => Promise<Result<MpsDaemon, MpsFault>>;

/** How long the launcher may take to start something once the lane's own time has passed. */
const START_SECONDS = 10;

const DEFAULTS = { readySeconds: 10, quitSeconds: 5, graceSeconds: 10, giveUpSeconds: 5 };

/** Makes a starter; nothing happens before it is called. */
export function createMpsStarter(
  options: MpsOptions,
  modules: { readonly clock: Clock },
): MpsStarter {
  const settings = { ...DEFAULTS, ...options };
  const { readySeconds, quitSeconds } = settings;
  const startSeconds = (options.laneLock?.timeoutSeconds ?? 0) + START_SECONDS;
  return async ({ activeThreadPercentage, env }, signal) => {
    const control = await findControl(options.searchPath);
    if (!control.ok) return control;
    const file = control.value;
    const directories = await makeMpsDirectories(options.parentDirectory);
    if (!directories.ok) return mpsFault("mps_unavailable", directories.error);
    if (signal?.aborted === true) {
      await directories.value.remove();
      return mpsFault("cancelled", "cut short before the MPS daemon was started");
    }
    const complete = completeEnvironment(env, directories.value, options);
    const parts: MpsParts = {
      service: startService(settings, { file, args: ["-f"], env: complete }, modules),
      control: createControl({ file, env: complete, quitSeconds }),
      directories: directories.value,
    };
    const conditions = { startSeconds, readySeconds, activeThreadPercentage };
    const ready = await makeReady(parts, conditions, { ...modules, signal });
    if (ready.ok) return ok(createDaemon(parts));
    const end = await endDaemon(parts);
    return end.hung ? fail({ ...ready.error, gone: end.gone }) : ready;
  };
}

/** The control program starts the server by its name, and lies beside it. */
function completeEnvironment(
  env: Readonly<Record<string, string>>,
  { pipe, log }: MpsDirectories,
  { searchPath }: MpsOptions,
): Readonly<Record<string, string>> {
  const path = [...searchPath, ...(env["PATH"] ?? "").split(":")];
  return {
    ...env,
    PATH: [...new Set(path)].join(":"),
    CUDA_MPS_PIPE_DIRECTORY: pipe,
    CUDA_MPS_LOG_DIRECTORY: log,
  };
}
