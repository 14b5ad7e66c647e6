import type { DriverApi } from "./driver-api.ts";

/** A driver call of a kind, and the phase that it belongs to. */
export interface DriverCall {
  readonly call: string;
  /** What its error is said to be of. */
  readonly phase: string;
  /** It is made after that phase, where nothing is timed: who hangs or dies there is in no phase. */
  readonly untimed?: true;
  /** The phase of an observer in which its worker makes it, where that is another one. */
  readonly observedIn?: string;
  /** The phase of which its own is a step: an error names the step, a hang only the phase. */
  readonly within?: "measure";
  /** Only a second process of the probe makes it: when that dies, the first tells in which step. */
  readonly byConsumer?: true;
}

/** What a kind's program does with the driver and says, beyond what its definition declares. */
export interface Expectations {
  readonly api: DriverApi;
  /** Every call whose error is the run's failure, in the order they are made. */
  readonly calls: readonly DriverCall[];
  /** Calls whose errors only cost what they would have told. */
  readonly tolerated: readonly string[];
  readonly samples: readonly string[];
  /** Options with which a run makes all of these calls, and takes less time than with the defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The program that makes the calls, where the kind's own only observes it. */
  readonly worker?: string;
  /** Calls of the other library, whose errors are told in that one's codes: see observers.test.ts. */
  readonly others?: readonly DriverCall[];
}

/** The phase in which a run is when a call never returns, or dies. */
export function openPhase({ phase, untimed, observedIn, within }: DriverCall): string | undefined {
  if (within !== undefined) return within;
  return untimed === true ? observedIn : phase;
}
