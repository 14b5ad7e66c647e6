import { describe, expect, it } from "vitest";
import { runId } from "../../src/history/run-id.ts";

describe("the id of a run", () => {
  it("is the same whenever it is asked for, and another one a millisecond later", () => {
    const run = { atSeconds: 1_764_125_000.123 };
    expect(runId(run)).toBe(runId({ ...run }));
    expect(runId(run)).not.toBe(runId({ atSeconds: 1_764_125_000.124 }));
    expect(runId(run)).toMatch(/^[0-9a-z]{8}$/);
  });
});
