import type { Clock } from "../base/clock.ts";
import { startWithoutCall, type WaitingLauncher } from "./launcher-process.ts";

/**
 * A launcher that is started before there is a run for it, so that a run that is due need not wait for Node's fork, which copies the page
 * tables of this process, and so that nothing of that is left to do beside what is measured.
 */
export interface LauncherAhead {
  /** The one that waits, which is the taker's from then on; undefined where there is none. None is started until the next {@link refill}. */
  readonly take: () => WaitingLauncher | undefined;
  /** Has one started a little later, unless one waits. */
  readonly refill: () => void;
  /** Ends the one that waits. */
  readonly close: () => Promise<void>;
}

/** What has to be done at the end of a run comes first. */
const REFILL_SECONDS = 0.1;

/** Nothing is started yet. */
export function createLauncherAhead(
  file: string,
  { clock }: { readonly clock: Clock },
): LauncherAhead {
  let waiting: WaitingLauncher | undefined;
  let cancel: (() => void) | undefined;

  const start = (): void => {
    const started = startWithoutCall(file);
    waiting = started;
    // Somebody ended it, or it could not be started: the next run then starts its own, and says what is wrong.
    void started.launcher.ended.then(() => forget(started));
  };
  const forget = (ended: WaitingLauncher): void => {
    if (waiting === ended) waiting = undefined;
  };
  const take = (): WaitingLauncher | undefined => {
    cancel?.();
    const taken = waiting;
    waiting = undefined;
    return taken;
  };

  return {
    take,
    refill: () => {
      cancel?.();
      if (waiting === undefined) cancel = clock.after(REFILL_SECONDS, start);
    },
    close: async () => {
      const left = take()?.launcher;
      left?.kill("SIGKILL");
      await left?.ended;
      left?.closePipes();
    },
  };
}
