import { describe, expect, it } from "vitest";
import { remember } from "../../src/metrics/remember.ts";

describe("what is remembered of an object", () => {
  it("is made once, also for those who ask at the same time, and anew for another object", async () => {
    let made = 0;
    const count = remember(async () => {
      await Promise.resolve();
      made += 1;
      return made;
    });
    const [first, other] = [{}, {}];
    expect(await Promise.all([count(first), count(first)])).toEqual([1, 1]);
    expect(await count(other)).toBe(2);
    expect(await count(first)).toBe(1);
  });

  it("is tried again when it failed", async () => {
    let broken = true;
    const make = remember(async () => {
      if (broken) throw new Error("cannot make it");
      return "made";
    });
    const key = {};
    await expect(make(key)).rejects.toThrow("cannot make it");
    broken = false;
    expect(await make(key)).toBe("made");
  });
});
