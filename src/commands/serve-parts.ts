import type { Lifecycle } from "../base/lifecycle.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Config } from "../config/config.ts";
import type { Daemon } from "../daemon.ts";
import { readHostFacts } from "../devices/host.ts";
import { findPauseFile } from "../execution/pause.ts";
import type { createApp } from "../http/app.ts";
import type { StatusView } from "../http/status.ts";
import { createLane } from "../lane/lane.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { endLeftovers } from "../runner/end-strays.ts";
import type { CommandIo } from "./io.ts";
import { openHost, type Host } from "./open-host.ts";
import { findStorageDirectory } from "./paths.ts";
import { makeReload } from "./reload-file.ts";
import type { ServeFlags } from "./serve-flags.ts";
import type { ServiceManager } from "./service-manager.ts";
import { viewPast } from "./past-view.ts";
import { readVersion } from "./version.ts";
import { viewStatus } from "./view-status.ts";

/** The daemon's parts, wired and not yet started. */
export interface ServeParts {
  readonly app: ReturnType<typeof createApp>;
  readonly daemon: Daemon;
  /** Looks at the host and schedules; from then on the daemon is ready. */
  readonly start: Daemon["start"];
}

export interface ServePartsInput {
  readonly flags: ServeFlags;
  readonly config: Config;
}

export interface ServePartsModules {
  readonly io: CommandIo;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly manager: Pick<ServiceManager, "reloading" | "reloaded">;
}

/** Opens the host and puts the daemon and its HTTP side together. */
export async function openParts(
  { flags, config }: ServePartsInput,
  modules: ServePartsModules,
): Promise<ServeParts> {
  const { io, logger } = modules;
  const version = await readVersion(io.packageDirectory);
  const storageDirectory = findStorageDirectory(flags, io);
  const host = await openHost({ driver: flags.driver, storageDirectory, config }, modules);
  announce(host, { config, version, logger });
  await beginLook(host, config, modules);
  // Not waited for: whoever is deaf has some seconds, and runs wait for the lane where it matters.
  void clearUp(modules);
  const { createApp, createDaemon, openDaemonState } = await importRest();
  const state = openDaemonState(host, { flags, config, version }, modules);
  const { metrics, history, series } = state;
  const daemon = createDaemon(
    { config, hostname: io.hostname, executor: host.executorOptions },
    { ...host, ...state, clock: io.clock, logger, lane: createLane() },
  );
  const reload = makeReload({ config, daemon, metrics }, modules);
  let isReady = false;
  const ready = (): Result<void> =>
    isReady ? ok(undefined) : fail("the devices were not listed yet");
  const status = (): StatusView => viewStatus(host, { ...state, daemon }, io);
  const start = async (): ReturnType<Daemon["start"]> => {
    const started = await daemon.start();
    isReady = started.ok;
    // Neither waited for nor in the way of what makes the daemon ready: it starts programs of the host, which may be slow.
    void tellHost(metrics, logger);
    return started;
  };
  const options = {
    telemetryPath: flags["web.telemetryPath"],
    maxRequests: flags["web.maxRequests"],
    enableLifecycle: flags["web.enableLifecycle"] === true,
    version,
  };
  const { targets, runNow, pause, isIdle } = daemon;
  const past = viewPast({ history, series, targets });
  const told = { reload, clock: io.clock, targets, runNow, pause, isIdle, past };
  return { app: createApp(options, { logger, metrics, ready, status, ...told }), daemon, start };
}

/** A child lists the devices while the rest is imported. */
async function beginLook(
  { facts }: Host,
  { gates }: Config,
  { lifecycle }: ServePartsModules,
): Promise<void> {
  if ((await findPauseFile(gates.pauseFile)) !== undefined) return;
  lifecycle.add("first look", facts.begin());
}

async function importRest(): Promise<
  Pick<typeof import("../http/app.ts"), "createApp"> &
    Pick<typeof import("../daemon.ts"), "createDaemon"> &
    Pick<typeof import("./daemon-state.ts"), "openDaemonState">
> {
  const [{ createApp }, { createDaemon }, { openDaemonState }] = await Promise.all([
    import("../http/app.ts"),
    import("../daemon.ts"),
    import("./daemon-state.ts"),
  ]);
  return { createApp, createDaemon, openDaemonState };
}

async function tellHost(metrics: Metrics, logger: Logger): Promise<void> {
  try {
    metrics.setHost(await readHostFacts());
  } catch (error) {
    logger.warn({ err: error }, "the host's facts cannot be read");
  }
}

async function clearUp({ io, logger }: ServePartsModules): Promise<void> {
  const { count, gone } = await endLeftovers({ clock: io.clock });
  if (count === 0) return;
  logger.warn(
    { processes: count, gone },
    "a killed process had left some of its runs, which were ended",
  );
}

function announce(
  host: Host,
  {
    config,
    version,
    logger,
  }: { readonly config: Config; readonly version: string; readonly logger: Logger },
): void {
  logger.info({ version, config: config.file, storage: host.storage.directory }, "starting");
  if (host.backend === "emulator") {
    logger.warn(
      "THE EMULATOR STANDS IN FOR A GPU DRIVER: no figure of this process is a measurement",
    );
  }
}
