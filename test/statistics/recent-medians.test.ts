import { describe, expect, it } from "vitest";
import { recentMedians } from "../../src/statistics/recent-medians.ts";

const NOW = 1_700_000_000;
const HOUR = 3600;

function point(ageSeconds: number, durationSeconds: number) {
  return { atSeconds: NOW - ageSeconds, durationSeconds };
}

describe("recentMedians", () => {
  it("are of the last hour, of the last day with that hour, and one over the other", () => {
    const points = [point(20 * HOUR, 1), point(2 * HOUR, 2), point(60, 3), point(30, 5)];
    expect(recentMedians(points, NOW)).toEqual({ hourSeconds: 4, daySeconds: 2.5, ratio: 1.6 });
  });

  it("know nothing of no points", () => {
    const nothing = { hourSeconds: undefined, daySeconds: undefined, ratio: undefined };
    expect(recentMedians([], NOW)).toEqual(nothing);
    expect(recentMedians([point(24 * HOUR, 1), point(-1, 1)], NOW)).toEqual(nothing);
  });

  it("have no ratio while nothing is older than an hour", () => {
    const points = [point(HOUR - 1, 1), point(0, 3)];
    expect(recentMedians(points, NOW)).toEqual({ hourSeconds: 2, daySeconds: 2, ratio: undefined });
    expect(recentMedians([point(HOUR, 1), ...points], NOW).ratio).toBe(2);
  });

  it("have no hour and no ratio when the last run is older than that", () => {
    const medians = recentMedians([point(HOUR, 2)], NOW);
    expect(medians).toEqual({ hourSeconds: undefined, daySeconds: 2, ratio: undefined });
  });
});
