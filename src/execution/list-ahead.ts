import type { DeviceLister } from "../devices/list-devices.ts";

/** A listing that is begun before it is asked for. */
export interface Ahead {
  /**
   * Starts its child, so that it is at work while the caller gets ready for what it says. The function that is returned ends it where nobody
   * wants it any more, and waits for its end.
   */
  readonly begin: () => () => Promise<void>;
  /** The one that was begun, for one caller alone, whose signal ends it from then on. */
  readonly take: (signal?: AbortSignal) => ReturnType<DeviceLister["list"]> | undefined;
  /** Ends the one that was begun, for nobody may look now; what it says would be old by the time somebody may. */
  readonly drop: () => void;
  /** Whether the child of one that was begun is at work; nobody may hold the lane for it. */
  readonly isBegun: () => boolean;
}

/** None is begun at first. */
export function createAhead(
  list: (signal: AbortSignal) => ReturnType<DeviceLister["list"]>,
): Ahead {
  let begun:
    { readonly listing: ReturnType<DeviceLister["list"]>; readonly abort: () => void } | undefined;
  let atWork = 0;
  const start = async (signal: AbortSignal): ReturnType<DeviceLister["list"]> => {
    atWork += 1;
    try {
      return await list(signal);
    } finally {
      atWork -= 1;
    }
  };
  return {
    begin: () => {
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      const listing = start(controller.signal);
      begun = { listing, abort };
      return async () => {
        abort();
        await listing;
      };
    },
    take: (signal) => {
      const taken = begun;
      begun = undefined;
      if (signal?.aborted === true) taken?.abort();
      else if (taken !== undefined) signal?.addEventListener("abort", taken.abort, { once: true });
      return taken?.listing;
    },
    drop: () => {
      begun?.abort();
      begun = undefined;
    },
    isBegun: () => atWork > 0,
  };
}
