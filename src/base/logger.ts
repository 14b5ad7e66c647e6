import { pino } from "pino";
import { systemClock } from "./clock.ts";
import { formatLogfmt } from "./logfmt.ts";

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
 * The program's logger: a constant sentence and an object a call. Lines are written at once, before the call returns, so that the
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
    },
    options.format === "json" ? destination : toLogfmt(destination),
  );
}

/** Pino writes JSON; a line of it is read again and written as logfmt, with the fields that every line has first. */
function toLogfmt(destination: LogDestination): LogDestination {
  return {
    write: (line) => {
      const fields: unknown = JSON.parse(line);
      if (typeof fields !== "object" || fields === null) return;
      destination.write(`${formatLogfmt({ ts: "", level: "", msg: "", ...fields })}\n`);
    },
  };
}
