import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "./records.ts";

const target = makeTarget(0);
const intervals = new Map([["cold_start", 60]]);

const OF_LAST_RUN = [
  "cudaprobe_run_success",
  "cudaprobe_run_last_success_timestamp_seconds",
  "cudaprobe_run_last_timestamp_seconds",
  "cudaprobe_run_last_failure_info",
];

const LAST_SKIP = "cudaprobe_run_last_skip_timestamp_seconds";

let clock: ReturnType<typeof createClock>;
let metrics: Metrics;

beforeEach(() => {
  clock = createClock();
  metrics = makeMetrics(clock);
  metrics.setTargets([target], intervals);
});

async function read(family: string, labels = {}): Promise<number | undefined> {
  return value(await metrics.text(), family, labels);
}

describe("a run that is skipped", () => {
  beforeEach(() => {
    metrics.recordRun(makeRun(target, clock));
    clock.advance(60);
  });

  it("by a gate is counted as a skip alone", async () => {
    metrics.recordRun(makeSkip(target, clock));
    const text = await metrics.text();
    expect(value(text, "cudaprobe_run_skips_total", { reason: "memory_floor" })).toBe(1);
    expect(value(text, "cudaprobe_runs_total")).toBe(1);
  });

  it("by the probe itself is counted as a skip and as a run", async () => {
    metrics.recordRun(makeRun(target, clock, { outcome: "skipped", reason: "compute_mode" }));
    const text = await metrics.text();
    expect(value(text, "cudaprobe_run_skips_total", { reason: "compute_mode" })).toBe(1);
    expect(value(text, "cudaprobe_runs_total")).toBe(2);
  });

  it("because the lane was not had started no process, and is no run", async () => {
    const report = { instances: [] };
    metrics.recordRun(makeRun(target, clock, { outcome: "skipped", reason: "lane_busy", report }));
    expect(await read("cudaprobe_run_skips_total", { reason: "lane_busy" })).toBe(1);
    expect(await read("cudaprobe_runs_total")).toBe(1);
  });

  it("leaves what is said of the last run, but takes what it measured", async () => {
    metrics.recordRun(makeTimeout(target, clock));
    const before = await metrics.text();
    clock.advance(60);
    metrics.recordRun(makeSkip(target, clock));
    const after = await metrics.text();
    const ofLastRun = OF_LAST_RUN.map((family) => samples(after, `${family}{`));
    expect(ofLastRun).toEqual(OF_LAST_RUN.map((family) => samples(before, `${family}{`)));
    expect(ofLastRun.map((series) => series.length)).toEqual([1, 1, 1, 1]);
    metrics.recordRun(makeRun(target, clock));
    metrics.recordRun(makeSkip(target, clock));
    expect(await read("cudaprobe_cold_start_last_duration_seconds")).toBeUndefined();
  });

  it("is told when that was, whoever skipped it, and is not told of before the first", async () => {
    expect(await read(LAST_SKIP)).toBeUndefined();
    const skips = [
      makeSkip(target, clock),
      { ...makeSkip(target, clock), reason: "budget", atSeconds: 2000 } as const,
      { ...makeRun(target, clock, { outcome: "skipped", reason: "oom" }), atSeconds: 3000 },
    ];
    for (const skip of skips) {
      metrics.recordRun(skip);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await read(LAST_SKIP, { probe: "cold_start", gpu: "0" })).toBe(skip.atSeconds);
    }
    metrics.recordRun({ ...makeRun(target, clock), atSeconds: 4000 });
    expect(await read(LAST_SKIP)).toBe(3000);
  });

  it("to stay within the budget leaves what was measured, until that is too old", async () => {
    const budget = { ...makeSkip(target, clock), reason: "budget" } as const;
    metrics.recordRun(makeRun(target, clock));
    metrics.recordRun(budget);
    expect(await read("cudaprobe_run_skips_total", { reason: "budget" })).toBe(1);
    expect(await read("cudaprobe_cold_start_last_duration_seconds")).toBeDefined();
    clock.advance(3 * 60 + 1);
    metrics.recordRun(budget);
    expect(await read("cudaprobe_cold_start_last_duration_seconds")).toBeUndefined();
  });
});
