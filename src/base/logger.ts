import { pino } from "pino";
import { findCaller } from "./caller.ts";
import { systemClock } from "./clock.ts";
import { escapeControls, formatLogfmt } from "./logfmt.ts";

export type { Logger } from "pino";
import type { Logger } from "pino";

export interface LoggerOptions {
  /** What is less than this is left out. */
  readonly level: "debug" | "info" | "warn" | "error";
  readonly format: "logfmt" | "json";
  /** Gets whole lines. Standard error when left out. */
  readonly destination?: LogDestination;
}

export interface LogDestination {
  readonly write: (line: string) => unknown;
}

/**
 * The program's logger: a constant sentence and an object a call. A line has the fields that lines of other exporters have: `ts` in
 * UTC, `caller`, `level`, `msg`, then its own. Lines are written at once, before the call returns, so that the
 * last ones before a crash are not lost.
 */
export function createLogger(options: LoggerOptions): Logger {
  const destination = options.destination ?? pino.destination({ dest: 2, sync: true });
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"ts":"${new Date(systemClock.wallSeconds() * 1000).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      mixin: (_fields, level, logger) => ({ caller: findCaller(methodOf(logger, level)) }),
    },
    options.format === "json" ? toJson(destination) : toLogfmt(destination),
  );
}

/** The method that was called for a line of this level. */
function methodOf(logger: Logger, level: number): Logger["info"] {
  const name = logger.levels.labels[level] ?? "";
  return logger[isLevel(name) ? name : "info"];
}

function isLevel(name: string): name is LoggerOptions["level"] {
  return ["debug", "info", "warn", "error"].includes(name);
}

/** Pino's JSON, without what a terminal or a reader of lines may take for more than text. */
function toJson(destination: LogDestination): LogDestination {
  return { write: (line) => destination.write(escapeControls(line)) };
}

/** Pino writes JSON; a line of it is read again and written as logfmt, with the fields that every line has first. */
function toLogfmt(destination: LogDestination): LogDestination {
  return {
    write: (line) => {
      const fields: unknown = JSON.parse(line);
      if (typeof fields !== "object" || fields === null) return;
      destination.write(`${formatLogfmt({ ts: "", caller: "", level: "", msg: "", ...fields })}\n`);
    },
  };
}
