import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import type { Result } from "../base/result.ts";
import type { Config, ConfigProblem } from "../config/config.ts";
import { formatProblem } from "../config/problem.ts";
import type { Daemon } from "../daemon.ts";
import type { Metrics } from "../metrics/metrics.ts";

export interface ReloadModules {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly daemon: Pick<Daemon, "replaceConfig" | "config">;
  readonly metrics: Pick<Metrics, "setReload">;
  /** Reads the file again. */
  readonly read: () => Promise<Result<Config, readonly ConfigProblem[]>>;
}

/**
 * Makes the function that reads the config again and takes it over. A bad file is logged and the old config stays; a file with the same text is a
 * success that changes nothing. Calls that come together are done one after the other.
 */
export function createReload(modules: ReloadModules): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    last = last.then(async () => reloadOnce(modules));
    return last;
  };
}

async function reloadOnce({ clock, logger, daemon, metrics, read }: ReloadModules): Promise<void> {
  const before = daemon.config();
  const loaded = await read();
  const applied =
    loaded.ok && loaded.value.text !== before.text ? daemon.replaceConfig(loaded.value) : loaded;
  metrics.setReload({ successful: applied.ok, atSeconds: clock.wallSeconds() });
  if (!applied.ok) {
    const problems = applied.error.map(formatProblem);
    logger.error({ problems }, "the config was not reloaded");
    return;
  }
  logger.info({ file: before.file }, "config reloaded");
  if (loaded.ok) warnOfRestart(before, loaded.value, logger);
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
