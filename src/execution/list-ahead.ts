import type { DeviceLister } from "../devices/list-devices.ts";

/** A listing that is begun before it is asked for. */
export interface Ahead {
  /** Starts one. The function that is returned ends it where nobody wants it any more, and waits for its end. */
  readonly begin: () => () => Promise<void>;
  /** The one that was begun, for one caller alone, whose signal ends it from then on. */
  readonly take: (signal?: AbortSignal) => ReturnType<DeviceLister["list"]> | undefined;
}

/** None is begun at first. */
export function createAhead(
  list: (signal: AbortSignal) => ReturnType<DeviceLister["list"]>,
): Ahead {
  let begun:
    { readonly listing: ReturnType<DeviceLister["list"]>; readonly abort: () => void } | undefined;
  return {
    begin: () => {
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      const listing = list(controller.signal);
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
  };
}
