import type { Clock } from "../base/clock.ts";
import { keepAlive } from "../base/keep-alive.ts";
import { classify } from "./classify.ts";
import type { Patience } from "./end-gracefully.ts";
import type { LauncherOptions } from "./launcher.ts";
import type { Runner, RunRequest } from "./run.ts";
import { settle, type SettledRun } from "./settle.ts";
import { startRun } from "./start-run.ts";

export interface RunnerOptions extends LauncherOptions, Partial<Patience> {
  /** How long the launcher may take to start something once the lane's own time has passed; 10 s when left out. */
  readonly startSeconds?: number;
}

const DEFAULTS = { graceSeconds: 10, giveUpSeconds: 5, startSeconds: 10 };

/** Makes runs through the launcher: each is started, settled and classified. */
export function createRunner(options: RunnerOptions, { clock }: { readonly clock: Clock }): Runner {
  const settings = { ...DEFAULTS, ...options };

  const make = async (request: RunRequest, signal: AbortSignal | undefined): Promise<SettledRun> =>
    signal?.aborted === true
      ? notEvenStarted(request)
      : settle(startRun(request, settings, { clock, signal }), { clock, ...settings });

  return async (request, signal) => {
    const release = keepAlive();
    const startedAtSeconds = clock.monotonicSeconds();
    try {
      const run = await make(request, signal);
      const { report, transcript, stderr } = run;
      return {
        ...classify(run),
        report,
        startedAtSeconds,
        endedAtSeconds: clock.monotonicSeconds(),
        transcript,
        stderr,
        ...(run.gone && { gone: run.gone }),
      };
    } finally {
      settings.ahead?.refill();
      release();
    }
  };
}

function notEvenStarted({ instances = 1 }: RunRequest): SettledRun {
  return {
    cause: "cancelled",
    sent: { toLauncher: [], toGroup: [] },
    launcher: undefined,
    hung: false,
    instances,
    report: { instances: [] },
    excess: undefined,
    stderr: "",
    transcript: [],
  };
}
