import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";
import { makeEnd, makeInstance, makeRun, makeTarget, makeTimeout } from "./records.ts";

const target = makeTarget(0);
const intervals = new Map([["cold_start", 60]]);

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

describe("a run that succeeds", () => {
  beforeEach(() => {
    metrics.recordRun(makeRun(target, clock));
  });

  it("is counted, with its end and its costs", async () => {
    const text = await metrics.text();
    expect(value(text, "cudaprobe_runs_total", { probe: "cold_start", gpu: "0" })).toBe(1);
    expect(value(text, "cudaprobe_run_success")).toBe(1);
    expect(value(text, "cudaprobe_run_last_timestamp_seconds")).toBe(clock.wallSeconds());
    expect(value(text, "cudaprobe_run_last_success_timestamp_seconds")).toBe(clock.wallSeconds());
    expect(value(text, "cudaprobe_run_seconds_total")).toBeCloseTo(0.1905, 6);
    expect(value(text, "cudaprobe_run_cpu_seconds_total")).toBe(0.125);
    expect(value(text, "cudaprobe_run_gpu_seconds_total")).toBeCloseTo(0.0785, 6);
    expect(value(text, "cudaprobe_run_transferred_bytes_total")).toBe(2 ** 21);
    expect(value(text, "cudaprobe_lane_wait_seconds_sum")).toBe(0.0625);
  });

  it("has the costs of the first client that an MPS daemon needed for it, and is one run", async () => {
    metrics.recordRun({ ...makeRun(target, clock), firstClient: makeEnd(clock) });
    const text = await metrics.text();
    expect(value(text, "cudaprobe_runs_total", { probe: "cold_start" })).toBe(2);
    expect(value(text, "cudaprobe_run_seconds_total")).toBeCloseTo(3 * 0.1905, 6);
    expect(value(text, "cudaprobe_run_cpu_seconds_total")).toBe(3 * 0.125);
    expect(value(text, "cudaprobe_cold_start_duration_seconds_count")).toBe(2);
  });

  it("is measured, with the labels of its device", async () => {
    const text = await metrics.text();
    const labels = { gpu: "0", gpu_uuid: target.device?.gpuUuid ?? "", mig_uuid: "" };
    expect(value(text, "cudaprobe_cold_start_duration_seconds_count", labels)).toBe(1);
    expect(value(text, "cudaprobe_cold_start_last_duration_seconds", labels)).toBeCloseTo(0.1665);
  });

  it("is neither a failure nor a skip", async () => {
    const text = await metrics.text();
    const others = [
      ...samples(text, "cudaprobe_run_failures_total{"),
      ...samples(text, "cudaprobe_run_skips_total{"),
    ];
    expect(others.filter((line) => !line.endsWith(" 0"))).toEqual([]);
  });

  it("takes back what was said of the failure before it", async () => {
    metrics.recordRun(makeTimeout(target, clock));
    expect(await read("cudaprobe_run_last_failure_info")).toBe(1);
    metrics.recordRun(makeRun(target, clock));
    expect(await read("cudaprobe_run_last_failure_info")).toBeUndefined();
  });

  it("replaces what the run before it measured, gauges of phases that it lacks included", async () => {
    const family = "cudaprobe_cold_start_phase_last_duration_seconds";
    expect(await read(family, { phase: "release" })).toBeCloseTo(0.02);
    const instance = makeInstance(clock.monotonicSeconds(), 7);
    metrics.recordRun(makeRun(target, clock, { report: { instances: [instance] } }));
    expect(await read(family, { phase: "release" })).toBeUndefined();
    expect(await read(family, { phase: "init" })).toBeCloseTo(0.1);
  });
});

describe("a run that fails", () => {
  beforeEach(async () => {
    metrics.recordRun(makeRun(target, clock));
    clock.advance(60);
    metrics.recordRun(makeTimeout(target, clock));
  });

  it("is counted as a run and by its reason", async () => {
    const text = await metrics.text();
    expect(value(text, "cudaprobe_runs_total")).toBe(2);
    expect(value(text, "cudaprobe_run_failures_total", { reason: "timeout" })).toBe(1);
    expect(value(text, "cudaprobe_run_success")).toBe(0);
    expect(value(text, "cudaprobe_run_last_timestamp_seconds")).toBe(clock.wallSeconds());
    expect(value(text, "cudaprobe_run_last_success_timestamp_seconds")).toBe(
      clock.wallSeconds() - 60,
    );
  });

  it("says why and where, until another failure says otherwise", async () => {
    const failure = { reason: "timeout", phase: "init", code: "" };
    expect(await read("cudaprobe_run_last_failure_info", failure)).toBe(1);
    metrics.recordRun(
      makeRun(target, clock, {
        outcome: "failure",
        reason: "oom",
        phase: "allocate",
        code: "CUDA_ERROR_OUT_OF_MEMORY",
      }),
    );
    expect(samples(await metrics.text(), "cudaprobe_run_last_failure_info{")).toEqual([
      expect.stringContaining('reason="oom",phase="allocate",code="CUDA_ERROR_OUT_OF_MEMORY"} 1'),
    ]);
  });

  it("takes what the run before measured out of the gauges, not out of the histograms", async () => {
    const text = await metrics.text();
    expect(samples(text, "cudaprobe_cold_start_last_duration_seconds")).toEqual([]);
    expect(samples(text, "cudaprobe_cold_start_phase_last_duration_seconds")).toEqual([]);
    expect(samples(text, "cudaprobe_cold_start_unattributed_seconds")).toEqual([]);
    expect(value(text, "cudaprobe_cold_start_duration_seconds_count")).toBe(1);
  });

  it("has the outcome as its reason when it has no other", async () => {
    metrics.recordRun(makeRun(target, clock, { outcome: "crashed" }));
    expect(await read("cudaprobe_run_failures_total", { reason: "crashed" })).toBe(1);
  });

  it("is no run when not even a process was started, but a failure", async () => {
    metrics.recordRun(
      makeRun(target, clock, {
        outcome: "not_started",
        reason: "not_started",
        report: { instances: [] },
      }),
    );
    const text = await metrics.text();
    expect(value(text, "cudaprobe_runs_total")).toBe(2);
    expect(value(text, "cudaprobe_run_failures_total", { reason: "not_started" })).toBe(1);
    expect(value(text, "cudaprobe_lane_wait_seconds_count")).toBe(2);
  });
});
