import { describe, expect, it } from "vitest";
import { remember } from "../../src/metrics/remember.ts";

describe("what is remembered of an object", () => {
  it("is made once, and anew for another object", () => {
    const copy = remember((key: { readonly of: string }) => ({ ...key }));
    const [first, other] = [{ of: "one" }, { of: "one" }];
    const made = copy(first);
    expect(made).toEqual({ of: "one" });
    expect(copy(first)).toBe(made);
    expect(copy(other)).not.toBe(made);
    expect(copy(first)).toBe(made);
  });

  it("is tried again when it could not be made", () => {
    let broken = true;
    const make = remember((key: { readonly of: string }) => {
      if (broken) throw new Error("cannot make it");
      return { ...key };
    });
    const key = { of: "one" };
    expect(() => make(key)).toThrow("cannot make it");
    broken = false;
    expect(make(key)).toEqual(key);
  });
});
