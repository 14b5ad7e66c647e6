import type { Clock } from "../base/clock.ts";
import { ok, type Result } from "../base/result.ts";
import type { DriverFault, Listing } from "../devices/device.ts";
import type { DeviceLister, NotListed } from "../devices/list-devices.ts";
import { mergeListings } from "../devices/merge-listings.ts";
import type { RunEnd } from "../runner/run.ts";
import { createAhead, type Ahead } from "./list-ahead.ts";
import { driverFaultOfRun, provesDriver, withRunFault } from "./driver-state.ts";

/** How old a listing may be when a gate reads it: ticks that come together share one. */
const FRESH_SECONDS = 2;

/** What is known of the driver and its devices, from listings and from runs. */
export interface Facts extends Omit<Ahead, "take"> {
  /** A new listing, or the one that was begun. The caller holds the lane of this process; another process may hold the host's. */
  readonly refresh: (signal?: AbortSignal) => Promise<Result<Listing, NotListed>>;
  /** The latest listing when it is fresh, else a new one. The caller holds the lane. */
  readonly fresh: (signal?: AbortSignal) => Promise<Result<Listing, NotListed>>;
  readonly latest: () => Listing | undefined;
  /** Whether a process that was to look is there still, since not even SIGKILL has ended it. */
  readonly lookHangs: () => boolean;
  /** Takes a run as evidence of the driver's state. */
  readonly learn: (end: RunEnd) => void;
  /** Calls back with every new listing, and when a run shows something new about the driver. */
  readonly subscribe: (listener: (listing: Listing) => void) => void;
}

export interface FactsModules {
  readonly lister: DeviceLister;
  readonly clock: Clock;
}

/** Starts with nothing known. */
export function createFacts({ lister, clock }: FactsModules): Facts {
  const listeners: ((listing: Listing) => void)[] = [];
  let latest: Listing | undefined;
  let runFault: DriverFault | undefined;

  const visible = (): Listing | undefined => latest && withRunFault(latest, runFault);
  const announce = (): void => {
    const listing = visible();
    if (listing !== undefined) listeners.forEach((listener) => listener(listing));
  };
  const list = async (signal?: AbortSignal): ReturnType<DeviceLister["list"]> =>
    lister.list(sleepsWhenIdle(latest) ? "no_attach" : "attach", signal);
  const { take, ...ahead } = createAhead(list);
  const refresh: Facts["refresh"] = async (signal) => {
    const next = await (take(signal) ?? list(signal));
    if (!next.ok) return next;
    latest = mergeListings(latest, next.value);
    announce();
    return ok(latest);
  };

  return {
    refresh,
    ...ahead,
    fresh: async (signal) =>
      latest !== undefined && isFresh(latest, clock) ? ok(latest) : refresh(signal),
    latest: visible,
    lookHangs: lister.hangs,
    learn: (end) => {
      const fault = driverFaultOfRun(end);
      if (fault === undefined && !provesDriver(end)) return;
      const isNews = fault?.reason !== runFault?.reason;
      runFault = fault;
      if (isNews) announce();
    },
    subscribe: (listener) => {
      listeners.push(listener);
    },
  };
}

function isFresh({ atSeconds }: Listing, clock: Clock): boolean {
  return clock.monotonicSeconds() - atSeconds < FRESH_SECONDS;
}

/** Without persistence mode a GPU sleeps when nobody holds it, and a listing that woke it would warm what is measured next. */
function sleepsWhenIdle(listing: Listing | undefined): boolean {
  return listing?.devices.some((device) => device.persistenceMode === "disabled") ?? false;
}
