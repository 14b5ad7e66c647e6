import type { Clock } from "../base/clock.ts";
import type { MpsDaemon } from "../mps/daemon.ts";
import type { MpsFault } from "../mps/fault.ts";
import type { MpsOrder, MpsStarter } from "../mps/start-daemon.ts";
import type { RunEnd, Runner, RunRequest } from "../runner/run.ts";
import { tellFirstClient } from "./first-client.ts";
import { explainByMps, withoutDaemon, stillThere } from "./mps-verdict.ts";
import type { MpsPlace } from "./run-request.ts";

/** What runs under MPS are made with. */
export interface MpsModules {
  readonly start: MpsStarter;
  /** It leaves the host's lane alone: the daemon has it for them. */
  readonly runner: Runner;
}

/** One run under a daemon of its own. */
export interface MpsPlan {
  readonly order: MpsOrder;
  readonly firstClient: (mps: MpsPlace) => RunRequest;
  readonly run: (mps: MpsPlace) => RunRequest;
}

/** How it ended. */
export interface MpsRun {
  readonly end: RunEnd;
  /** The discarded run before it, where that is another one. */
  readonly firstClient?: RunEnd;
}

type Modules = MpsModules & { readonly clock: Clock };

/**
 * Starts a daemon, makes one discarded run, since the first client waits for the server to come up, makes the run, and ends the daemon.
 * A first client that is no success is the run. Never rejects for what MPS or a probe does.
 */
export async function runUnderMps(
  plan: MpsPlan,
  { start, runner, clock }: Modules,
  signal?: AbortSignal,
): Promise<MpsRun> {
  const started = await start(plan.order, signal);
  if (!started.ok) return { end: withoutDaemon(started.error, clock) };
  const daemon = started.value;
  const run = await makeRuns(plan, { daemon, runner, clock }, signal).catch(
    async (error: unknown) => {
      await daemon.end();
      throw error;
    },
  );
  const ended = await daemon.end();
  return ended.hung ? { ...run, end: stillThere(run.end, ended.gone) } : run;
}

async function makeRuns(
  plan: MpsPlan,
  { daemon, runner, clock }: Omit<Modules, "start"> & { readonly daemon: MpsDaemon },
  signal: AbortSignal | undefined,
): Promise<MpsRun> {
  const { pipeDirectory } = daemon;
  const run = async (request: RunRequest): Promise<RunEnd> => {
    const end = await untilItEnds(daemon, signal, async (ending) => runner(request, ending));
    return explainByMps(end, { daemon, signal });
  };
  const firstClient = await run(plan.firstClient({ pipeDirectory, serverPid: undefined }));
  if (firstClient.outcome !== "success") return { end: firstClient };
  const server = await daemon.findServer();
  if (!server.ok) return { end: withoutDaemon(noServer(server.error), clock), firstClient };
  const end = await run(plan.run({ pipeDirectory, serverPid: server.value }));
  return { end: tellFirstClient(end, firstClient), firstClient };
}

/**
 * A client whose daemon has gone would wait for what never comes. The signal lives for as long as this process, so nothing of a run may
 * stay with it, as what AbortSignal.any() makes would.
 */
async function untilItEnds(
  daemon: MpsDaemon,
  signal: AbortSignal | undefined,
  run: (ending: AbortSignal) => Promise<RunEnd>,
): Promise<RunEnd> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  void daemon.ended.then(end);
  if (signal?.aborted === true) end();
  signal?.addEventListener("abort", end, { once: true });
  try {
    return await run(ending.signal);
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

function noServer(message: string): MpsFault {
  return { reason: "mps_unavailable", message };
}
