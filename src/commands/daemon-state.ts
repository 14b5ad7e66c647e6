import {
  createBaselineKeeper,
  RUNS_TO_PIN,
  type BaselineKeeper,
} from "../baseline/baseline-keeper.ts";
import { createBaselineStore } from "../baseline/store.ts";
import type { Logger } from "../base/logger.ts";
import { createBudget, type Budget } from "../budget/budget.ts";
import type { Config } from "../config/config.ts";
import { createHistory, type History } from "../history/history.ts";
import { createSeries, withSeries, type Series } from "../history/series.ts";
import { createMetrics, type Metrics } from "../metrics/metrics.ts";
import { KINDS } from "../probes/index.ts";
import type { CommandIo } from "./io.ts";
import type { Host } from "./open-host.ts";
import type { ServeFlags } from "./serve-flags.ts";

/** All that a daemon knows of what was. */
export interface DaemonState {
  readonly metrics: Metrics;
  readonly history: History;
  readonly series: Series;
  readonly baselines: BaselineKeeper;
  readonly budget: Budget;
}

export interface DaemonStateInput {
  readonly flags: ServeFlags;
  readonly config: Config;
  readonly version: string;
}

/** Nothing has happened yet; what outlived the last daemon is read when the next one starts. */
export function openDaemonState(
  host: Host,
  { flags, config, version }: DaemonStateInput,
  modules: { readonly io: CommandIo; readonly logger: Logger },
): DaemonState {
  const { io, logger } = modules;
  const metrics = openMetrics(flags, version, modules);
  const series = createSeries({ clock: io.clock });
  return {
    metrics,
    series,
    history: withSeries(createHistory({ limit: config.limits.history }), series),
    baselines: keepBaselines(host, { io, logger, metrics }),
    budget: createBudget(config.limits, { storage: host.storage, clock: io.clock, logger }),
  };
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

function openMetrics(
  flags: ServeFlags,
  version: string,
  { io }: { readonly io: CommandIo },
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
  return metrics;
}
