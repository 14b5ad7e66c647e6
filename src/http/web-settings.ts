import { createServer, type Server } from "node:tls";
import { errorText } from "../base/errors.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { ConfigProblem } from "../config/config.ts";
import { loadWebConfig, type LoadedWebConfig } from "../config/load-web-config.ts";
import { formatProblem } from "../config/problem.ts";
import type { WebConfig } from "../config/web-config.ts";
import { makeTlsOptions } from "./tls-options.ts";

/** What the web config asks for, as it was last good. */
export interface WebSettings {
  readonly config: WebConfig;
  /** Shakes hands as the config says, on connections that it is handed; it listens on none. Undefined without TLS. */
  readonly handshakes: Server | undefined;
}

/** The settings, read again whenever they are asked for. */
export interface WebSettingsReader {
  /** At the start, which decides on TLS and on the limit of rates until the end. */
  readonly first: WebSettings;
  /** Those of now. What is wrong with a changed file is logged once, and the settings of before stay. */
  readonly read: () => Promise<WebSettings>;
}

interface Opened extends WebSettings {
  readonly loaded: LoadedWebConfig;
}

/** Reads a web config for the first time; fails with all that is wrong with it. */
export async function openWebSettings(
  file: string,
  logger: Logger,
): Promise<Result<WebSettingsReader, readonly ConfigProblem[]>> {
  const opened = await open(file, undefined);
  if (!opened.ok) return opened;
  const first = opened.value;
  let current = first;
  let complaint = "";
  const read = async (): Promise<WebSettings> => {
    const next = await open(file, current, { secured: first.handshakes !== undefined });
    const problems = next.ok ? [] : next.error.map(formatProblem);
    const text = problems.join("\n");
    if (text !== "" && text !== complaint) {
      logger.error({ problems }, "the web config was not reloaded");
    }
    complaint = text;
    if (!next.ok || next.value === current) return current;
    logger.info({ file }, "web config reloaded");
    warnOfRestart(current.config, next.value.config, logger);
    current = next.value;
    return current;
  };
  return ok({ first, read: oneAtATime(read) });
}

async function open(
  file: string,
  before: Opened | undefined,
  server?: { readonly secured: boolean },
): Promise<Result<Opened, readonly ConfigProblem[]>> {
  const read = await loadWebConfig(file, before?.loaded);
  if (!read.ok) return read;
  const loaded = read.value;
  if (loaded === before?.loaded) return ok(before);
  const { config, material } = loaded;
  if (config.tls !== undefined && material !== undefined) {
    const options = makeTlsOptions(config.tls, material);
    const handshakes = attempt(() => createServer(options));
    if (!handshakes.ok) return failWhole(file, handshakes.error);
    return ok({ loaded, config, handshakes: handshakes.value });
  }
  return server?.secured === true
    ? failWhole(file, "TLS cannot be turned off without a restart")
    : ok({ loaded, config, handshakes: undefined });
}

/** OpenSSL has rules of its own, such as the least length of a key. */
function attempt<Value>(action: () => Value): Result<Value> {
  try {
    return ok(action());
  } catch (error) {
    return fail(errorText(error));
  }
}

function failWhole(file: string, message: string): Result<never, readonly ConfigProblem[]> {
  return fail([{ file, line: 0, column: 0, key: "tls_server_config", message }]);
}

function warnOfRestart(before: WebConfig, after: WebConfig, logger: Logger): void {
  if ((before.tls === undefined) !== (after.tls === undefined))
    logger.warn("TLS waits for the next start");
  if (JSON.stringify(before.rateLimit) !== JSON.stringify(after.rateLimit)) {
    logger.warn("the changed rate_limit waits for the next start");
  }
}

/** Those who ask while it is read get what is read next, and share it: what they get is never older than their question. */
function oneAtATime<Value>(action: () => Promise<Value>): () => Promise<Value> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Value> | undefined;
  return async () => {
    next ??= running.then(async () => {
      next = undefined;
      const result = action();
      running = result;
      return result;
    });
    return next;
  };
}
