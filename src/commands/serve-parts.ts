import {
  createBaselineKeeper,
  RUNS_TO_PIN,
  type BaselineKeeper,
} from "../baseline/baseline-keeper.ts";
import { createBaselineStore } from "../baseline/store.ts";
import { createBudget } from "../budget/budget.ts";
import type { Lifecycle } from "../base/lifecycle.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Config, ConfigProblem } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import { createDaemon, type Daemon } from "../daemon.ts";
import { readHostFacts } from "../devices/host.ts";
import { createHistory, type History } from "../history/history.ts";
import { createSeries, withSeries, type Series } from "../history/series.ts";
import { createApp } from "../http/app.ts";
import type { StatusView } from "../http/status.ts";
import { createLane } from "../lane/lane.ts";
import { createMetrics, type Metrics } from "../metrics/metrics.ts";
import { KINDS } from "../probes/index.ts";
import { endLeftovers } from "../runner/end-strays.ts";
import { validateSchedule } from "../scheduler/schedule.ts";
import type { CommandIo } from "./io.ts";
import { openHost, type Host } from "./open-host.ts";
import { findStorageDirectory } from "./paths.ts";
import { createReload, type ReloadResult } from "./reload.ts";
import type { ServeFlags } from "./serve-flags.ts";
import { viewPast } from "./past-view.ts";
import { makeStatusView } from "./status-view.ts";
import { readVersion } from "./version.ts";

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
  // Not waited for: whoever is deaf has some seconds, and runs wait for the lane where it matters.
  void clearUp(modules);
  const metrics = openMetrics(flags, version, modules);
  const series = createSeries({ clock: io.clock });
  const history = withSeries(createHistory({ limit: config.limits.history }), series);
  const parts = {
    history,
    metrics,
    baselines: keepBaselines(host, { io, logger, metrics }),
    budget: createBudget(config.limits, { storage: host.storage, clock: io.clock, logger }),
  };
  const daemon = createDaemon(
    { config, hostname: io.hostname, executor: host.executorOptions },
    { ...host, ...parts, clock: io.clock, logger, lane: createLane() },
  );
  const reload = makeReload({ config, daemon, metrics }, modules);
  let isReady = false;
  const ready = (): Result<void> =>
    isReady ? ok(undefined) : fail("the devices were not listed yet");
  const status = (): StatusView => viewStatus({ host, daemon, series, ...parts }, io);
  const start = async (): ReturnType<Daemon["start"]> => {
    const started = await daemon.start();
    isReady = started.ok;
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

async function clearUp({ io, logger }: ServePartsModules): Promise<void> {
  const { count, gone } = await endLeftovers({ clock: io.clock });
  if (count === 0) return;
  logger.warn(
    { processes: count, gone },
    "a killed process had left some of its runs, which were ended",
  );
}

function keepBaselines(
  { storage, facts }: Host,
  {
    io,
    logger,
    metrics,
  }: { readonly io: CommandIo; readonly logger: Logger; readonly metrics: Metrics },
): BaselineKeeper {
  return createBaselineKeeper(
    { runsToPin: RUNS_TO_PIN },
    {
      store: createBaselineStore(storage),
      clock: io.clock,
      logger,
      driverVersion: () => facts.latest()?.driver?.driverVersion ?? "",
      publish: metrics.setBaselines,
    },
  );
}

function viewStatus(
  {
    host,
    daemon,
    history,
    series,
    baselines,
  }: {
    readonly host: Host;
    readonly daemon: Daemon;
    readonly history: History;
    readonly series: Series;
    readonly baselines: BaselineKeeper;
  },
  { clock, hostname }: CommandIo,
): StatusView {
  return makeStatusView({
    atSeconds: clock.wallSeconds(),
    hostname,
    backend: host.backend,
    listing: host.facts.latest(),
    config: daemon.config(),
    paused: daemon.pause.latest()?.message,
    targets: daemon.targets(),
    nextAtSeconds: daemon.nextAtSeconds,
    history,
    points: series.points,
    baselineSeconds: baselines.pinnedSeconds,
  });
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

function openMetrics(
  flags: ServeFlags,
  version: string,
  { io, logger }: ServePartsModules,
): Metrics {
  const metrics = createMetrics(
    {
      kinds: KINDS,
      build: { version, revision: io.revision, node: io.nodeVersion },
      exporterMetrics: flags["web.disableExporterMetrics"] !== true,
    },
    { clock: io.clock },
  );
  metrics.setReload({ successful: true, atSeconds: io.clock.wallSeconds() });
  // Not waited for: it starts programs of the host, which may be slow, and nothing depends on it.
  void readHostFacts().then(metrics.setHost, (error: unknown) => {
    logger.warn({ err: error }, "the host's facts cannot be read");
  });
  return metrics;
}

/** What reads the config again; SIGHUP does it, too. */
function makeReload(
  {
    config,
    daemon,
    metrics,
  }: { readonly config: Config; readonly daemon: Daemon; readonly metrics: Metrics },
  { io, logger, lifecycle }: ServePartsModules,
): () => Promise<ReloadResult> {
  const { file } = config;
  const read = async (): Promise<Result<Config, readonly ConfigProblem[]>> =>
    loadConfig({ file, kinds: KINDS, validateSchedule });
  const reload = createReload({ clock: io.clock, logger, daemon, metrics, read });
  lifecycle.add(
    "SIGHUP",
    io.onSignal("SIGHUP", () => void reload()),
  );
  return reload;
}
