import { describe, expect, it } from "vitest";
import { decideExit } from "../../src/commands/exit-code.ts";
import { makeSeriesResult, type SeriesResult } from "../../src/commands/run-result.ts";
import type { RunRecord } from "../../src/history/record.ts";
import { makeInstance, makeRun, makeSkip, makeTarget } from "../metrics/records.ts";
import { HOST_FACTS } from "../support/host-facts.ts";
import { createClock } from "../support/still-clock.ts";

const clock = createClock();
const target = makeTarget(0);

/** A run with its first result after about so many seconds. */
function ran(seconds: number): RunRecord {
  const { phases, ...instance } = makeInstance(100);
  const late = phases.map((phase) => ({
    ...phase,
    endedAtSeconds: phase.endedAtSeconds + (phase.phase === "first_kernel" ? seconds : 0),
  }));
  return makeRun(target, clock, { report: { instances: [{ ...instance, phases: late }] } });
}

const skipped = makeSkip(target, clock);

/** The result of a curve with these runs at each value. */
function curveOf(points: Readonly<Record<string, readonly RunRecord[]>>): SeriesResult {
  const results = Object.entries(points).map(([value, records]) => ({
    mark: { concurrency: Number(value) },
    result: makeSeriesResult(target, records, { listing: undefined, host: HOST_FACTS }),
  }));
  return {
    ...makeSeriesResult(target, [], { listing: undefined, host: HOST_FACTS }),
    curve: "concurrency",
    options: { concurrency: Object.keys(points).join(",") },
    summary: results.flatMap(({ result, mark }) =>
      result.summary.map((row) => ({ ...mark, ...row })),
    ),
  };
}

/** What a limit of half a second makes of a result, and what is said. */
function judge(
  records: readonly RunRecord[],
  result: SeriesResult,
): { readonly code: number; readonly said: string } {
  let said = "";
  const error = (text: string): void => {
    said += text;
  };
  const code = decideExit(records, result, { flags: { maxSeconds: 0.5 }, io: { error } });
  return { code, said };
}

function judgeCurve(points: Readonly<Record<string, readonly RunRecord[]>>): object {
  return judge(Object.values(points).flat(), curveOf(points));
}

function judgeSeries(records: readonly RunRecord[]): object {
  return judge(
    records,
    makeSeriesResult(target, records, { listing: undefined, host: HOST_FACTS }),
  );
}

describe("the exit code with a limit", () => {
  it("is 0 of a curve that is below at every point", () => {
    expect(judgeCurve({ 1: [ran(0.1)], 4: [ran(0.2)] })).toEqual({ code: 0, said: "" });
  });

  it("is 3 of a curve that is above at one, which is named", () => {
    const { code, said } = judge([ran(0.1)], curveOf({ 1: [ran(0.1)], 4: [ran(1)] }));
    expect(code).toBe(3);
    expect(said).toMatch(/^concurrency 4: the median .* s, is above 0.5 s\n$/);
  });

  it("is 1 of a curve with a point that has nothing to judge, whatever the others took", () => {
    const end = { code: 1, said: "concurrency 4: no run has a time to first result to judge\n" };
    expect(judgeCurve({ 1: [ran(0.1)], 4: [skipped, skipped] })).toEqual(end);
    expect(judgeCurve({ 1: [ran(9)], 4: [skipped] })).toEqual(end);
  });

  it("is 3 of a series that is above, and 0 of one that is not", () => {
    expect(judgeSeries([ran(1), skipped])).toMatchObject({ code: 3 });
    expect(judgeSeries([ran(0.1), skipped])).toEqual({ code: 0, said: "" });
  });
});
