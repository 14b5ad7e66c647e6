import { expect, test } from "vitest";
import { summarizeCosts } from "../../scripts/bench/runner/costs.js";

const run = (beforeSeconds: number, afterSeconds: number, hasLooked = false) => ({
  beforeSeconds,
  afterSeconds,
  payingSeconds: 0.5,
  hasLooked,
});

test("the whole of a run is its own, not the sum of two medians", () => {
  const { before, after, both, paying } = summarizeCosts([run(1, 9), run(2, 1), run(3, 2)]);
  expect({ before, after, both }).toEqual({ before: 2000, after: 2000, both: 5000 });
  expect(paying).toBe(500);
});

test("a run for which the GPUs were listed is told apart", () => {
  const costs = summarizeCosts([run(1, 1), run(8, 1, true), run(1, 1)]);
  expect(costs).toMatchObject({ both: 2000, looking: 9000 });
});

test("where no run was of a sort, there is no median of it", () => {
  expect(summarizeCosts([run(1, 1)]).looking).toBeUndefined();
});
