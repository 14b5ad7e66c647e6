import { fileURLToPath } from "node:url";
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

/** Frames of a log call that are not whose line it is. */
const NOT_CALLERS = [fileURLToPath(import.meta.url), "/node_modules/"];

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
      mixin: () => ({ caller: findCaller(NOT_CALLERS) }),
    },
    options.format === "json" ? toJson(destination) : toLogfmt(destination),
  );
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
