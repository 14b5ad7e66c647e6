import type { Clock } from "../base/clock.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Patience } from "../runner/end-gracefully.ts";
import type { LauncherOptions } from "../runner/launcher.ts";
import type { LauncherEnd } from "../runner/launcher-process.ts";
import { startService, type Service } from "../runner/service.ts";
import { createWatch } from "../runner/watch.ts";
import { PROBE_PATH } from "./environment.ts";

/** Why the host's lane was not had. */
export interface LaneFault {
  readonly reason: "lane_busy" | "cancelled" | "not_started";
  readonly message: string;
}

/** Takes the host's lane for several starts in a row, and gives what ends the holding. Aborting the signal ends the wait for it. */
export type LaneHolder = (signal?: AbortSignal) => Promise<Result<() => Promise<void>, LaneFault>>;

/** How long the launcher may take to start something once the lane's own time has passed. */
const START_SECONDS = 10;
const DEFAULTS = { graceSeconds: 10, giveUpSeconds: 5 };

/** It does nothing until it is told to end: the launcher above it holds the lane meanwhile, and ends it when this process dies. */
const HOLDER = { file: "sleep", args: ["infinity"], env: { PATH: PROBE_PATH.join(":") } };

/** Makes a holder; nothing happens before it is called. */
export function createLaneHolder(
  options: LauncherOptions & Partial<Patience>,
  { clock }: { readonly clock: Clock },
): LaneHolder {
  const startSeconds = (options.laneLock?.timeoutSeconds ?? 0) + START_SECONDS;
  return async (signal) => {
    if (signal?.aborted === true) return fail(CANCELLED);
    const service = startService({ ...DEFAULTS, ...options }, HOLDER, { clock });
    const watch = createWatch(clock, signal);
    watch.limit(startSeconds, "not_spawned");
    void service.started.then(() => watch.end("itself"));
    const cause = await watch.cause;
    const started = cause === "itself" ? await service.started : undefined;
    const leave = async (): Promise<void> => void (await service.end(0));
    if (started === "started") return ok(leave);
    await leave();
    return fail(cause === "cancelled" ? CANCELLED : describeNotHeld(started, service));
  };
}

const CANCELLED: LaneFault = {
  reason: "cancelled",
  message: "cancelled before anything was started",
};

const LANE_BUSY = 75;

function describeNotHeld(end: LauncherEnd | undefined, { said }: Service): LaneFault {
  if (end?.kind === "exited" && end.code === LANE_BUSY) {
    return { reason: "lane_busy", message: "another run had the host's lane" };
  }
  const why = end?.kind === "failed" ? end.message : (said().trim().split("\n").at(-1) ?? "");
  return { reason: "not_started", message: `the host's lane could not be taken: ${why}` };
}
