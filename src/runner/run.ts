import type { Outcome } from "../protocol/outcomes.ts";
import type { Reason } from "../protocol/reasons.ts";
import type { Report } from "../protocol/report.ts";

/** One run to make: file, argv, environment and deadline in. */
export interface RunRequest {
  /** The probe's program and its arguments; never through a shell. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment of the probe: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** From `spawned` on. */
  readonly deadlineSeconds: number;
  /** How many at once; 1 when left out. */
  readonly instances?: number;
  /** Set when even one alone is to be held at the launcher's barrier, as several are. */
  readonly barrier?: true;
  /** Bytes of standard output; 1 MiB when left out. */
  readonly maxOutputBytes?: number;
}

/** A further start that was made for a run, and what it was for. */
export interface CompanionEnd {
  readonly role: string;
  readonly end: RunEnd;
}

/** How a run ended, and all it said. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly reason?: Reason;
  readonly phase?: string;
  readonly code?: string;
  /** For people: the probe's message, or what was wrong with its output. */
  readonly message?: string;
  readonly report: Report;
  /** Seconds of CLOCK_MONOTONIC when the launcher was started, and when the run was settled. */
  readonly startedAtSeconds: number;
  readonly endedAtSeconds: number;
  /** The last lines of standard output and the end of standard error, for people. */
  readonly transcript: readonly string[];
  readonly stderr: string;
  /** The other starts of a run of several, in their order, as far as they succeeded. */
  readonly companions?: readonly CompanionEnd[];
  /** Only of a `hung` run: settles when its processes are gone at last. */
  readonly gone?: Promise<void>;
}

/** Makes one run. Never rejects: whatever happens is an outcome. Aborting the signal ends the run at once, gracefully. */
export type Runner = (request: RunRequest, signal?: AbortSignal) => Promise<RunEnd>;
