import { describe, expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import { parseBudgetState } from "../../src/budget/state.ts";

describe("what is stored of a budget", () => {
  it("is refused when it is of another form", () => {
    const account = { common: 1, shares: { a: { saved: -1, lastCost: 2 } } };
    const state = {
      atSeconds: 1,
      gpus: { "GPU-a": { contextTime: account, transferredBytes: account } },
    };
    expect(parseBudgetState(state)).toEqual(ok(state));
    for (const bad of [null, {}, { ...state, gpus: { "GPU-a": {} } }, { ...state, more: 1 }]) {
      expect(parseBudgetState(bad)).toEqual({
        ...fail(""),
        error: expect.stringContaining("it holds no budget"),
      });
    }
  });
});
