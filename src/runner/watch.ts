import type { Clock } from "../base/clock.ts";
import { createDeferred } from "../base/deferred.ts";
import type { Cause } from "./settlement.ts";

/** Waits for the first thing that brings a run to its end. */
export interface Watch {
  /** The first cause; timers and listeners are gone by then. */
  readonly cause: Promise<Cause>;
  /** Gives a cause; those after the first are ignored. */
  readonly end: (cause: Cause) => void;
  /** Ends the run with this cause in so many seconds, in place of the limit before. */
  readonly limit: (seconds: number, cause: Cause) => void;
}

/** A watch that the signal ends with `cancelled`. */
export function createWatch(clock: Clock, signal: AbortSignal | undefined): Watch {
  const first = createDeferred<Cause>();
  let cancelTimer: (() => void) | undefined;
  let over = false;

  const end = (cause: Cause): void => {
    over = true;
    cancelTimer?.();
    signal?.removeEventListener("abort", onAbort);
    first.resolve(cause);
  };
  const onAbort = (): void => end("cancelled");
  signal?.addEventListener("abort", onAbort, { once: true });

  return {
    cause: first.promise,
    end,
    limit: (seconds, cause) => {
      cancelTimer?.();
      if (!over) cancelTimer = clock.after(seconds, () => end(cause));
    },
  };
}
