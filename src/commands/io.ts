import type { Clock } from "../base/clock.ts";

/** The outside world of a command: handed in by main.ts, so that commands can be tested as functions. */
export interface CommandIo {
  /** Writes text for people or machines, without a newline of its own. */
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Whether standard error is a terminal, where a progress bar may be drawn. */
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hostname: string;
  readonly pid: number;
  /** Node's version, and the commit that was built where the build says so. */
  readonly nodeVersion: string;
  readonly revision: string;
  readonly clock: Clock;
  /** Where package.json, config/ and native/build/ are. */
  readonly packageDirectory: string;
  /** Calls back on a signal until the returned function is called. */
  readonly onSignal: (name: "SIGTERM" | "SIGINT" | "SIGHUP", callback: () => void) => () => void;
  /** Ends the process at once. */
  readonly exitNow: (code: number) => void;
}

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  fault: 1,
  /** Of usage or configuration: a supervisor must not start again. */
  usage: 2,
  /** Slower than what it was compared with, or than was allowed. */
  slower: 3,
  /** A series that a signal cut short, as shells number it. */
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Signals that ask a command to end. */
export const STOP_SIGNALS = ["SIGINT", "SIGTERM"] as const;

export type StopSignal = (typeof STOP_SIGNALS)[number];
