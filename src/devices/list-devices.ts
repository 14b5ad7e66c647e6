import type { Clock } from "../base/clock.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Runner } from "../runner/run.ts";
import type { Listing } from "./device.ts";
import { parseListing } from "./parse-listing.ts";

/** Where the `devices` probe and the libraries it asks are. */
export interface ListerOptions {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly libcuda: string | undefined;
  readonly libnvidiaMl: string | undefined;
  readonly timeoutSeconds: number;
}

/** Why there is no listing, where that says nothing about the driver. */
export type NotListed = "lane_busy" | "cancelled";

/** Asks which devices there are. */
export interface DeviceLister {
  /**
   * Asks NVML, in a child. Without `attach` GPUs that nobody holds are not woken. Never rejects: a driver that does not answer is a fault
   * in the listing.
   */
  readonly list: (
    attach: "attach" | "no_attach",
    signal?: AbortSignal,
  ) => Promise<Result<Listing, NotListed>>;
  /** Whether a child is there still that not even SIGKILL has ended. */
  readonly hangs: () => boolean;
}

/**
 * Makes a lister that starts the `devices` probe once a call. While one is there that not even SIGKILL has ended, its listing stands: each
 * further one would hang as well, and nobody could end it.
 */
export function createDeviceLister(
  options: ListerOptions,
  modules: { readonly runner: Runner; readonly clock: Clock },
): DeviceLister {
  let hung: Listing | undefined;
  const list: DeviceLister["list"] = async (attach, signal) => {
    if (hung !== undefined) return ok({ ...hung, atSeconds: modules.clock.monotonicSeconds() });
    const end = await modules.runner(
      {
        file: options.program,
        args: [
          `--attach=${attach === "attach" ? "true" : "false"}`,
          ...(options.libcuda === undefined ? [] : [`--libcuda=${options.libcuda}`]),
          ...(options.libnvidiaMl === undefined ? [] : [`--libnvidia_ml=${options.libnvidiaMl}`]),
        ],
        env: options.env,
        deadlineSeconds: options.timeoutSeconds,
      },
      signal,
    );
    if (end.reason === "lane_busy" || end.reason === "cancelled") return fail(end.reason);
    const listing = parseListing(end, modules.clock.monotonicSeconds());
    if (end.gone !== undefined) {
      hung = listing;
      void end.gone.then(() => (hung = undefined));
    }
    return ok(listing);
  };
  return { list, hangs: () => hung !== undefined };
}
