import type { Lifecycle } from "../base/lifecycle.ts";
import type { Logger } from "../base/logger.ts";
import type { Result } from "../base/result.ts";
import type { Config, ConfigProblem } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import type { Daemon } from "../daemon.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { KINDS } from "../probes/index.ts";
import { validateSchedule } from "../scheduler/schedule.ts";
import type { CommandIo } from "./io.ts";
import { createReload, type ReloadModules, type ReloadResult } from "./reload.ts";

export interface ReloadFileModules {
  readonly io: CommandIo;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly manager: ReloadModules["manager"];
}

/** What reads the config again; SIGHUP does it, too. */
export function makeReload(
  {
    config,
    daemon,
    metrics,
  }: { readonly config: Config; readonly daemon: Daemon; readonly metrics: Metrics },
  { io, logger, lifecycle, manager }: ReloadFileModules,
): () => Promise<ReloadResult> {
  const { file } = config;
  const read = async (): Promise<Result<Config, readonly ConfigProblem[]>> =>
    loadConfig({ file, kinds: KINDS, validateSchedule });
  const reload = createReload({ clock: io.clock, logger, daemon, metrics, manager, read });
  lifecycle.add(
    "SIGHUP",
    io.onSignal("SIGHUP", () => void reload()),
  );
  return reload;
}
