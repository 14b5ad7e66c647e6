import { describe, expect, it } from "vitest";
import { suggest } from "../../src/config/suggest.ts";

const KEYS = ["name", "schedule", "jitter", "timeout", "jit_cache"];

describe("suggest", () => {
  it.each([
    ["schedul", "schedule"],
    ["jitCache", "jit_cache"],
    ["jit-cache", "jit_cache"],
    ["time_out", "timeout"],
    ["nmae", "name"],
  ])("takes %s for %s", (word, meant) => {
    expect(suggest(word, KEYS)).toBe(meant);
  });

  it.each(["colour", "x", "interval"])("does not guess what %s was to be", (word) => {
    expect(suggest(word, KEYS)).toBeUndefined();
  });

  it("has no guess without candidates", () => {
    expect(suggest("name", [])).toBeUndefined();
  });
});
