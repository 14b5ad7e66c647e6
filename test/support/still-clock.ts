import type { Clock } from "../../src/base/clock.ts";

/** A clock that stands still until it is moved. */
export function createClock(): Clock & { readonly advance: (seconds: number) => void } {
  let now = 1000;
  return {
    wallSeconds: () => 1_700_000_000 + now,
    monotonicSeconds: () => now,
    after: () => () => undefined,
    advance: (seconds) => {
      now += seconds;
    },
  };
}
