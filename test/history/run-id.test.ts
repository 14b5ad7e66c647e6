import { describe, expect, it } from "vitest";
import { runId } from "../../src/history/run-id.ts";
import { makeEnd } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";

const end = makeEnd(createClock());
const run = { atSeconds: 1_764_125_000.123, end };

describe("the id of a run", () => {
  it("is the same whenever it is asked for, and another one a millisecond later", () => {
    expect(runId(run)).toBe(runId({ ...run }));
    expect(runId(run)).not.toBe(runId({ ...run, atSeconds: 1_764_125_000.124 }));
    expect(runId(run)).toMatch(/^[0-9a-z]{9,}$/);
  });

  it("is another one when a wall clock that was set back shows the same again", () => {
    const later = { ...end, endedAtSeconds: end.endedAtSeconds + 0.001 };
    expect(runId({ ...run, end: later })).not.toBe(runId(run));
  });
});
