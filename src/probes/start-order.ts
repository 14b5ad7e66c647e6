import type { ProbeContext } from "./probe-context.ts";

/**
 * What a start is for. `prepare`: it makes the host ready for the next; `single`: what the measured one is compared with; `floor`: the
 * same without the driver, to see what this host takes for it.
 */
export type StartRole = "prepare" | "single" | "measured" | "floor";

/** One of the starts that a run consists of. */
export interface StartOrder {
  readonly role: StartRole;
  /** The kind's own when left out. */
  readonly program?: string;
  readonly instances: number;
  /** Set when even one alone is to be held at the launcher's barrier. */
  readonly barrier?: true;
  readonly args: (context: ProbeContext) => readonly string[];
}
