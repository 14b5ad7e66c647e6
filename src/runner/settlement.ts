import type { Report } from "../protocol/report.ts";
import type { LauncherEnd } from "./launcher-process.ts";

/** Why a run came to its end: by itself, or because we ended it. */
export type Cause = "itself" | "deadline" | "not_spawned" | "output" | "cancelled";

/** All that is known of a run that is over. */
export interface Settlement {
  readonly cause: Cause;
  readonly sent: SentSignals;
  /** Undefined when it is still there. */
  readonly launcher: LauncherEnd | undefined;
  /** Something was still there after SIGKILL. */
  readonly hung: boolean;
  /** How many were asked for. */
  readonly instances: number;
  readonly report: Report;
  /** In words, when there was more output than is allowed. */
  readonly excess: string | undefined;
  readonly stderr: string;
}

/** The signals that we sent to end a run. */
export interface SentSignals {
  readonly toLauncher: readonly NodeJS.Signals[];
  readonly toGroup: readonly NodeJS.Signals[];
}
