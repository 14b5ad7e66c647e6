import { describe, expect, it } from "vitest";
import { createHistory } from "../../src/history/history.ts";
import { outlineOf } from "../../src/history/outline.ts";
import type { EndedRun } from "../../src/history/record.ts";
import { runsJson } from "../../src/http/runs-json.ts";
import { makeRun, makeTarget, makeTimeout } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";

const TARGET = makeTarget(0);
const clock = createClock();
const SAMPLE = { name: "bytes", value: 1, labels: {} };
const LINES = Array.from({ length: 300 }, (_, index) => `line ${index}: ${"x".repeat(40)}`);

/** With all that a run may have said. */
function whole(run: EndedRun): EndedRun {
  const instances = run.end.report.instances.map((one) => ({ ...one, samples: [SAMPLE] }));
  const stderr = `${"é".repeat(4000)}the end`;
  return {
    ...run,
    end: { ...run.end, report: { instances }, transcript: LINES, stderr },
  };
}

const success = whole(makeRun(TARGET, clock));
const failure = whole(makeTimeout(TARGET, clock));

/** What `/api/runs` tells of it. */
function told(run: EndedRun): unknown {
  const failures = run.end.outcome === "success" ? [] : [run];
  return runsJson({ runs: [run], failures }, { atSeconds: 0, backend: "emulator" });
}

describe("outlineOf", () => {
  it.each([success, failure])("leaves all that is told of a run: $end.outcome", (run) => {
    expect(told(outlineOf(run))).toEqual(told(run));
  });

  it("keeps nothing of what a success printed and measured, but its phases", () => {
    const { transcript, stderr, report } = outlineOf(success).end;
    expect({ transcript, stderr }).toEqual({ transcript: [], stderr: "" });
    expect(report.instances[0]).toEqual({ ...success.end.report.instances[0], samples: [] });
  });

  it("keeps the end of what a failure printed, and no more", () => {
    const { transcript, stderr } = outlineOf(failure).end;
    expect(transcript.at(-1)).toBe(LINES.at(-1));
    expect(Buffer.byteLength(transcript.join("\n"))).toBeLessThanOrEqual(4096);
    expect(stderr).toMatch(/^é+the end$/);
    expect(Buffer.byteLength(stderr)).toBeLessThanOrEqual(4096);
  });
});

describe("a history", () => {
  it("has the latest run and the last success whole, and outlines of the others", () => {
    const history = createHistory({ limit: 9 });
    for (const run of [success, failure, success, failure, failure]) history.add({ ...run });
    const sizes = history.records(TARGET.id).map((run) => "end" in run && samplesOf(run));
    expect(sizes).toEqual([1, 0, 1, 0, 0]);
    expect(history.failures(TARGET.id).map(samplesOf)).toEqual([1, 0, 0]);
    expect(history.latestRun(TARGET.id)).toBe(history.records(TARGET.id)[0]);
  });
});

function samplesOf({ end }: EndedRun): number {
  return end.report.instances.reduce((sum, { samples }) => sum + samples.length, 0);
}
