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
    expect(parseBudgetState({ ...state, serial: 3 })).toEqual(ok({ ...state, serial: 3 }));
    const bads = [
      null,
      {},
      { ...state, gpus: { "GPU-a": {} } },
      { ...state, more: 1 },
      { ...state, serial: -1 },
    ];
    for (const bad of bads) {
      expect(parseBudgetState(bad)).toEqual({
        ...fail(""),
        error: expect.stringContaining("it holds no budget"),
      });
    }
  });

  it("is older than all others when it has no serial number, as it had none at first", () => {
    const state = { atSeconds: 1, gpus: {} };
    expect(parseBudgetState(state)).toEqual(ok({ ...state, serial: 0 }));
  });
});
