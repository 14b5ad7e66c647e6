import { describe, expect, it } from "vitest";
import { createHistory } from "../../src/history/history.ts";
import type { EndedRun, RunRecord, SkippedRun } from "../../src/history/record.ts";
import type { Outcome } from "../../src/protocol/outcomes.ts";
import { target } from "../config/fixtures.ts";

const A = target('name: a, kind: cold_start, schedule: "@daily"');
const B = target('name: b, kind: cold_start, schedule: "@daily"');

function run(atSeconds: number, outcome: Outcome, of = A): EndedRun {
  return {
    type: "run",
    target: of,
    atSeconds,
    end: {
      outcome,
      report: { instances: [] },
      startedAtSeconds: 0,
      endedAtSeconds: 1,
      transcript: [],
      stderr: "",
    },
    circumstances: {
      otherProcesses: undefined,
      utilizationRatio: undefined,
      cacheMiss: false,
      laneWaitSeconds: 0,
    },
  };
}

function skip(atSeconds: number): SkippedRun {
  return { type: "skip", target: A, atSeconds, reason: "lane_busy", message: "" };
}

function times(records: readonly RunRecord[]): readonly number[] {
  return records.map(({ atSeconds }) => atSeconds);
}

describe("createHistory", () => {
  it("knows nothing of a target that has not run", () => {
    const history = createHistory({ limit: 2 });
    expect(history.latest(A.id)).toBeUndefined();
    expect(history.latestRun(A.id)).toBeUndefined();
    expect(history.records(A.id)).toEqual([]);
    expect(history.failures(A.id)).toEqual([]);
  });

  it("keeps the last records of each target, the latest first", () => {
    const history = createHistory({ limit: 2 });
    history.add(run(1, "success"));
    history.add(run(2, "success"));
    history.add(run(3, "success"));
    history.add(run(9, "success", B));
    expect(times(history.records(A.id))).toEqual([3, 2]);
    expect(times(history.records(B.id))).toEqual([9]);
  });

  it("keeps failures when successes push them out of the records", () => {
    const history = createHistory({ limit: 2 });
    for (const at of [1, 2, 3]) history.add(run(at, "timeout"));
    for (const at of [4, 5, 6]) history.add(run(at, "success"));
    expect(times(history.records(A.id))).toEqual([6, 5]);
    expect(times(history.failures(A.id))).toEqual([3, 2]);
  });

  it.each(["failure", "timeout", "hung", "crashed", "bad_output", "not_started"] as const)(
    "counts %s as a failure",
    (outcome) => {
      const history = createHistory({ limit: 2 });
      history.add(run(1, outcome));
      expect(times(history.failures(A.id))).toEqual([1]);
    },
  );

  it("counts neither a success nor a skip as a failure, the probe's own included", () => {
    const history = createHistory({ limit: 9 });
    for (const record of [run(1, "success"), run(2, "skipped"), skip(3)]) history.add(record);
    expect(history.failures(A.id)).toEqual([]);
  });

  it("keeps the latest run apart from skips that came after it", () => {
    const history = createHistory({ limit: 2 });
    history.add(run(1, "success"));
    for (const at of [2, 3, 4]) history.add(skip(at));
    expect(history.latest(A.id)).toMatchObject({ type: "skip", atSeconds: 4 });
    expect(history.latestRun(A.id)).toMatchObject({ type: "run", atSeconds: 1 });
    expect(times(history.records(A.id))).toEqual([4, 3]);
  });

  it("forgets the targets that are gone and no others", () => {
    const history = createHistory({ limit: 2 });
    history.add(run(1, "hung"));
    history.add(run(2, "hung", B));
    history.keepOnly([B.id, "never@GPU-1"]);
    expect(history.latestRun(A.id)).toBeUndefined();
    expect(history.failures(A.id)).toEqual([]);
    expect(times(history.failures(B.id))).toEqual([2]);
  });

  it("drops what is over a lower limit at once, and keeps more under a higher one", () => {
    const history = createHistory({ limit: 3 });
    for (const at of [1, 2, 3]) history.add(run(at, "crashed"));
    history.setLimit(1);
    expect(times(history.records(A.id))).toEqual([3]);
    expect(times(history.failures(A.id))).toEqual([3]);
    history.setLimit(2);
    history.add(run(4, "crashed"));
    expect(times(history.records(A.id))).toEqual([4, 3]);
  });

  it("does not change a list that was handed out", () => {
    const history = createHistory({ limit: 2 });
    history.add(run(1, "success"));
    const before = history.records(A.id);
    history.add(run(2, "success"));
    expect(times(before)).toEqual([1]);
  });
});
