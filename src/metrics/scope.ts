import type { Observation } from "../probes/family.ts";
import type { SeriesAddress, SeriesStore } from "./store.ts";

/** The series of one thing (a target, the driver), so that they vanish with it. */
export interface Scope {
  readonly write: (observation: Observation) => void;
  readonly zero: (address: SeriesAddress) => void;
  /**
   * Writes these, and removes the scope's other series of the families for which `covers` holds. A gauge without a finite
   * value is among the removed, since what it said before is no longer so.
   */
  readonly replace: (
    covers: (family: string) => boolean,
    observations: readonly Observation[],
  ) => void;
  readonly clear: () => void;
}

/** An empty scope over the store. */
export function createScope(store: SeriesStore): Scope {
  const members = new Map<string, SeriesAddress>();
  const remember = (address: SeriesAddress): string => {
    const key = keyOf(address);
    members.set(key, address);
    return key;
  };
  const write = (observation: Observation): string => {
    store.write(observation);
    return remember(observation);
  };
  const replace: Scope["replace"] = (covers, observations) => {
    const finite = observations.filter(({ value }) => Number.isFinite(value));
    const written = new Set(finite.map(write));
    for (const [key, address] of members) {
      if (written.has(key) || !covers(address.family)) continue;
      store.remove(address);
      members.delete(key);
    }
  };
  return {
    write: (observation) => {
      write(observation);
    },
    zero: (address) => {
      store.zero(address);
      remember(address);
    },
    replace,
    clear: () => {
      replace(() => true, []);
    },
  };
}

/** One text for one series, in whatever order its labels were given. */
function keyOf({ family, labels }: SeriesAddress): string {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([family, sorted]);
}
