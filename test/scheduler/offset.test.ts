import { describe, expect, it } from "vitest";
import { offsetSeconds } from "../../src/scheduler/offset.ts";

const INPUT = { hostname: "node-1", probe: "start", uuid: "GPU-a", jitterSeconds: 6 };

describe("offsetSeconds", () => {
  it("is the same for the same target, in every release", () => {
    expect(offsetSeconds(INPUT)).toBeCloseTo(3.448378, 6);
  });

  it.each([{ hostname: "node-2" }, { probe: "starts" }, { uuid: "GPU-b" }])(
    "is another with %j",
    (change) => {
      expect(offsetSeconds({ ...INPUT, ...change })).not.toBe(offsetSeconds(INPUT));
    },
  );

  it("does not take a probe's end for a device's beginning", () => {
    const split = offsetSeconds({ ...INPUT, probe: "ab", uuid: "c" });
    expect(offsetSeconds({ ...INPUT, probe: "a", uuid: "bc" })).not.toBe(split);
  });

  it("grows with the jitter, and is 0 without one", () => {
    expect(offsetSeconds({ ...INPUT, jitterSeconds: 12 })).toBeCloseTo(2 * offsetSeconds(INPUT), 9);
    expect(offsetSeconds({ ...INPUT, jitterSeconds: 0 })).toBe(0);
  });
});
