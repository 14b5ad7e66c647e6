import type { SeriesAddress, SeriesObservation, SeriesStore } from "./store.ts";

/** The series of one thing (a target, the driver), so that they vanish with it. */
export interface Scope {
  readonly write: (observation: SeriesObservation) => void;
  readonly zero: (address: SeriesAddress) => void;
  /**
   * Writes these, and removes the scope's other series of the families for which `covers` holds. A gauge without a finite
   * value is among the removed, since what it said before is no longer so.
   */
  readonly replace: (
    covers: (family: string) => boolean,
    observations: readonly SeriesObservation[],
  ) => void;
  readonly clear: () => void;
}

/** An empty scope over the store. */
export function createScope(store: SeriesStore): Scope {
  const members = new Map<string, SeriesAddress>();
  const remember = (address: SeriesAddress, key: string): string => {
    const name = `${address.family} ${key}`;
    members.set(name, address);
    return name;
  };
  const write = (observation: SeriesObservation): string =>
    remember(observation, store.write(observation));
  const replace: Scope["replace"] = (covers, observations) => {
    const finite = observations.filter(({ value }) => Number.isFinite(value));
    const written = new Set(finite.map(write));
    for (const [name, address] of members) {
      if (written.has(name) || !covers(address.family)) continue;
      store.remove(address);
      members.delete(name);
    }
  };
  return {
    write: (observation) => {
      write(observation);
    },
    zero: (address) => {
      remember(address, store.zero(address));
    },
    replace,
    clear: () => {
      replace(() => true, []);
    },
  };
}
