import { createLifecycle, type Lifecycle } from "../base/lifecycle.ts";
import { createLogger, type Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Config } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import { formatProblem } from "../config/problem.ts";
import type { Listing } from "../devices/device.ts";
import type { NotListed } from "../devices/list-devices.ts";
import { look } from "../execution/driver-watch.ts";
import { findPauseFile } from "../execution/pause.ts";
import { createLane, type Lane } from "../lane/lane.ts";
import { KINDS } from "../probes/index.ts";
import { validateSchedule } from "../scheduler/schedule.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, STOP_SIGNALS, type CommandIo, type StopSignal } from "./io.ts";
import { openHost, type Host } from "./open-host.ts";
import { findConfigFile, findStorageDirectory } from "./paths.ts";

/** What a one-off command has at hand. */
export interface Session {
  readonly config: Config;
  readonly host: Host;
  readonly lane: Lane;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Which of them it was; undefined as long as there was none. */
  readonly endedBy: () => StopSignal | undefined;
  /** The first look at the driver. */
  readonly listing: Listing;
}

/** The config that the flags name; its problems are printed. */
export async function readConfig(
  flags: CommonFlags,
  io: CommandIo,
): Promise<Result<Config, number>> {
  const file = await findConfigFile(flags, io);
  const loaded = await loadConfig({ file, kinds: KINDS, validateSchedule });
  if (loaded.ok) return ok(loaded.value);
  for (const problem of loaded.error) io.error(`${formatProblem(problem)}\n`);
  return fail(EXIT.usage);
}

const REFUSALS: Readonly<Record<NotListed, string>> = {
  lane_busy: "another process of this host is measuring and did not make room in time",
  cancelled: "stopped before anything was done",
};

/** What is done with a session; it fulfils with the exit code. */
type Work = (session: Session) => Promise<number>;

/** Opens the host, looks at it once, does the work, and closes everything. The exit code is the work's, or the config's. */
export async function withSession(flags: CommonFlags, io: CommandIo, work: Work): Promise<number> {
  const config = await readConfig(flags, io);
  return config.ok ? workInSession({ flags, config: config.value, work }, io) : config.error;
}

/**
 * The same for work that makes runs: while the config's file pauses the daemon there is not even a look at the driver, and the exit code
 * is 1.
 */
export async function withRunSession(
  flags: CommonFlags,
  io: CommandIo,
  work: Work,
): Promise<number> {
  const config = await readConfig(flags, io);
  if (!config.ok) return config.error;
  const { file, gates } = config.value;
  const paused = await findPauseFile(gates.pauseFile);
  if (paused === undefined) return workInSession({ flags, config: config.value, work }, io);
  io.error(`cudaprobe: paused: ${paused.message}, so nothing is started (${file})\n`);
  return EXIT.fault;
}

interface Order {
  readonly flags: CommonFlags;
  readonly config: Config;
}

async function workInSession(
  { work, ...order }: Order & { readonly work: Work },
  io: CommandIo,
): Promise<number> {
  const lifecycle = createLifecycle();
  try {
    const session = await openSession(order, io, lifecycle);
    if (session.ok) return await work(session.value);
    io.error(`cudaprobe: ${REFUSALS[session.error]}\n`);
    return EXIT.fault;
  } finally {
    await lifecycle.close();
  }
}

async function openSession(
  { flags, config }: Order,
  io: CommandIo,
  lifecycle: Lifecycle,
): Promise<Result<Session, NotListed>> {
  const logger = createLogger({
    level: "warn",
    format: "logfmt",
    destination: { write: io.error },
  });
  const { signal, endedBy } = abortOnSignal(io, lifecycle);
  const storageDirectory = findStorageDirectory(flags, io);
  const options = { driver: flags.driver, storageDirectory, config };
  const host = await openHost(options, { io, logger, lifecycle });
  const lane = createLane();
  const listing = await look({ lane, facts: host.facts, signal });
  if (!listing.ok) return listing;
  return ok({ config, host, lane, logger, lifecycle, signal, endedBy, listing: listing.value });
}

/** The first signal ends the work gracefully, the second ends the process. */
function abortOnSignal(io: CommandIo, lifecycle: Lifecycle): Pick<Session, "signal" | "endedBy"> {
  const controller = new AbortController();
  let endedBy: StopSignal | undefined;
  for (const name of STOP_SIGNALS) {
    const onSignal = (): void => {
      if (controller.signal.aborted) io.exitNow(EXIT.fault);
      endedBy = name;
      controller.abort();
    };
    lifecycle.add(name, io.onSignal(name, onSignal));
  }
  return { signal: controller.signal, endedBy: () => endedBy };
}
