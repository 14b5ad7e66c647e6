import { createLifecycle, type Lifecycle } from "../base/lifecycle.ts";
import { createLogger, type Logger } from "../base/logger.ts";
import { ok } from "../base/result.ts";
import { keepOldSpaceSmall, keepYoungSpaceSmall } from "../base/small-heap.ts";
import type { Config, ConfigProblem } from "../config/config.ts";
import { formatProblem } from "../config/problem.ts";
import { openWeb } from "../http/web.ts";
import { openParts } from "./serve-parts.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { findListening, type ServeFlags } from "./serve-flags.ts";
import { openServiceManager } from "./service-manager.ts";
import { readConfig } from "./session.ts";
import { listenForStop } from "./stop.ts";

/** `cudaprobe serve`: the daemon, until SIGTERM or SIGINT. Exit code 0 after a stop, 1 when it cannot serve, 2 on a bad config. */
export async function serveCommand(flags: ServeFlags, io: CommandIo): Promise<number> {
  keepYoungSpaceSmall();
  const config = await readConfig(flags, io);
  if (!config.ok) return config.error;
  const logger = createLogger({
    level: flags["log.level"],
    format: flags["log.format"],
    destination: { write: io.error },
  });
  const lifecycle = createLifecycle();
  try {
    return await serve({ flags, config: config.value }, { io, logger, lifecycle });
  } finally {
    for (const { name, error } of await lifecycle.close()) {
      logger.error({ part: name, err: error }, "a part did not close");
    }
  }
}

interface ServeInput {
  readonly flags: ServeFlags;
  readonly config: Config;
}

interface ServeModules {
  readonly io: CommandIo;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
}

/** Opens, listens, starts, waits. What was opened is closed by the caller, in reverse. */
async function serve(input: ServeInput, modules: ServeModules): Promise<number> {
  const { io, logger, lifecycle } = modules;
  const addresses = findListening(input.flags, io);
  if (!addresses.ok) return fault(addresses.error, io);
  const stop = listenForStop(io, logger);
  lifecycle.add("signals", stop.dispose);
  const manager = openServiceManager(io, logger);
  lifecycle.add("service manager", manager.close);
  const web = await openWeb(input.flags["web.config.file"], { logger, clock: io.clock });
  if (!web.ok) return refuse(web.error, io);
  const { guard, secure } = web.value;
  const parts = await openParts(input, { ...modules, manager });
  const [{ listen }, { takeMessageClasses }] = await Promise.all([
    import("../http/listen.ts"),
    import("../http/message-classes.ts"),
  ]);
  const listening = await listen(guard(parts.app), addresses.value, {
    logger,
    clock: io.clock,
    secure,
    messages: takeMessageClasses(parts.app),
  });
  if (!listening.ok) return fault(listening.error, io);
  lifecycle.add("http", async () => listening.value.close());
  lifecycle.add("daemon", parts.daemon.stop);
  const started = await Promise.race([parts.start(), stop.stopped.then(() => ok(undefined))]);
  if (!started.ok) return refuse(started.error, io);
  // Not before: what is made to get ready stays, and looking through it for garbage takes a tenth of the time until then.
  keepOldSpaceSmall();
  manager.ready();
  await stop.stopped;
  manager.stopping();
  return EXIT.ok;
}

function fault(message: string, io: CommandIo): number {
  io.error(`cudaprobe: ${message}\n`);
  return EXIT.fault;
}

function refuse(problems: readonly ConfigProblem[], io: CommandIo): number {
  for (const problem of problems) io.error(`${formatProblem(problem)}\n`);
  return EXIT.usage;
}
