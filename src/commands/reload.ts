import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { ok, type Result } from "../base/result.ts";
import type { Config, ConfigProblem } from "../config/config.ts";
import { formatProblem } from "../config/problem.ts";
import type { Daemon } from "../daemon.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { ServiceManager } from "./service-manager.ts";

export interface ReloadModules {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly daemon: Pick<Daemon, "replaceConfig" | "config">;
  readonly metrics: Pick<Metrics, "setReload">;
  readonly manager: Pick<ServiceManager, "reloading" | "reloaded">;
  /** Reads the file again. */
  readonly read: () => Promise<Result<Config, readonly ConfigProblem[]>>;
}

/** What a reload came to: the file is in force, and differs from before or does not; or all that is wrong with it. */
export type ReloadResult = Result<"reloaded" | "unchanged", readonly ConfigProblem[]>;

/**
 * Makes the function that reads the config again and takes it over. A bad file is logged and the old config stays; a file with the same text is a
 * success that changes nothing. Calls that come together are done one after the other, and each gets its own result.
 */
export function createReload(modules: ReloadModules): () => Promise<ReloadResult> {
  let last: Promise<unknown> = Promise.resolve();
  return async () => {
    const result = last.then(async () => {
      modules.manager.reloading();
      return reloadOnce(modules).finally(modules.manager.reloaded);
    });
    last = result.catch(() => undefined);
    return result;
  };
}

async function reloadOnce(modules: ReloadModules): Promise<ReloadResult> {
  const { clock, logger, daemon, metrics, read } = modules;
  const before = daemon.config();
  const loaded = await read();
  const result = loaded.ok ? apply(loaded.value, daemon) : loaded;
  metrics.setReload({ successful: result.ok, atSeconds: clock.wallSeconds() });
  if (!result.ok) {
    const problems = result.error.map(formatProblem);
    logger.error({ problems }, "the config was not reloaded");
    return result;
  }
  logger.info({ file: before.file }, "config reloaded");
  if (loaded.ok) warnOfRestart(before, loaded.value, logger);
  return result;
}

function apply(config: Config, daemon: ReloadModules["daemon"]): ReloadResult {
  if (config.text === daemon.config().text) return ok("unchanged");
  const replaced = daemon.replaceConfig(config);
  return replaced.ok ? ok("reloaded") : replaced;
}

function warnOfRestart(before: Config, after: Config, logger: Logger): void {
  if (fixedAtStart(before) !== fixedAtStart(after)) {
    logger.warn(
      "changed library paths, driver.timeout and limits.lane_wait wait for the next start",
    );
  }
}

/** What is handed to the launcher and to the listing of devices when the daemon starts, as text. */
function fixedAtStart({ driver, limits }: Config): string {
  const { libcuda, libnvidiaMl, timeoutSeconds } = driver;
  return JSON.stringify([libcuda, libnvidiaMl, timeoutSeconds, limits.laneWaitSeconds]);
}
