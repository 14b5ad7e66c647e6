import { describe, expect, it } from "vitest";
import { describeDowntrained, isWhollyKnown } from "../../src/probes/pcie-link.ts";

const LINK = { generation: 5, width: 16, maxGeneration: 5, maxWidth: 16 };

describe("a PCIe link", () => {
  it("is what it can be", () => {
    expect(describeDowntrained(LINK, true)).toBeUndefined();
    expect(describeDowntrained(LINK, false)).toBeUndefined();
  });

  it("may be slower while nothing uses it, and not while something does", () => {
    const resting = { ...LINK, generation: 1 };
    expect(describeDowntrained(resting, false)).toBeUndefined();
    expect(describeDowntrained(resting, true)).toBe("generation 1 x16 of generation 5 x16");
  });

  it("is down-trained without some of its lanes, whether or not it is used", () => {
    const narrow = { ...LINK, width: 8 };
    expect(describeDowntrained(narrow, false)).toBe("generation 5 x8 of generation 5 x16");
    expect(describeDowntrained(narrow, true)).toBe("generation 5 x8 of generation 5 x16");
  });

  it("is not called down-trained for what NVML does not tell", () => {
    const unknown = { ...LINK, maxGeneration: undefined, maxWidth: undefined };
    expect(describeDowntrained({ ...unknown, width: 1 }, true)).toBeUndefined();
    expect(describeDowntrained({ ...LINK, width: undefined }, true)).toBeUndefined();
    expect(isWhollyKnown(unknown)).toBe(false);
    expect(isWhollyKnown(LINK)).toBe(true);
  });
});
