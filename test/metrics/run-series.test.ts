import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";
import { makeRun, makeTarget } from "./records.ts";

const target = makeTarget(0);
const intervals = new Map([["cold_start", 60]]);

const OF_LAST_RUN = [
  "cudaprobe_run_success",
  "cudaprobe_run_last_success_timestamp_seconds",
  "cudaprobe_run_last_timestamp_seconds",
  "cudaprobe_run_last_failure_info",
];

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

describe("before the first run", () => {
  it("the counters and histograms of a target are there at zero", async () => {
    const text = await metrics.text();
    const families = [
      "cudaprobe_runs_total",
      "cudaprobe_run_seconds_total",
      "cudaprobe_run_cpu_seconds_total",
      "cudaprobe_run_gpu_seconds_total",
      "cudaprobe_run_transferred_bytes_total",
      "cudaprobe_cold_start_duration_seconds_count",
    ];
    expect(families.filter((family) => value(text, family) !== 0)).toEqual([]);
    expect(value(text, "cudaprobe_lane_wait_seconds_count", { kind: "cold_start" })).toBe(0);
  });

  it.each(["no_library", "corrupt", "timeout", "launcher_lost"])(
    "failures for %s are there at zero, skips are not",
    async (reason) => {
      expect(await read("cudaprobe_run_failures_total", { reason })).toBe(0);
      expect(await read("cudaprobe_run_skips_total", { reason })).toBeUndefined();
    },
  );

  it.each(["memory_floor", "lane_busy", "compute_mode"])(
    "skips for %s are there at zero, failures are not",
    async (reason) => {
      expect(await read("cudaprobe_run_skips_total", { reason })).toBe(0);
      expect(await read("cudaprobe_run_failures_total", { reason })).toBeUndefined();
    },
  );

  it("nothing is said of a last run", async () => {
    const text = await metrics.text();
    const families = [...OF_LAST_RUN, "cudaprobe_cold_start_last_duration_seconds"];
    expect(families.flatMap((family) => samples(text, family))).toEqual([]);
  });
});

describe("figures of the last run", () => {
  const family = "cudaprobe_cold_start_last_duration_seconds";

  beforeEach(() => {
    metrics.recordRun(makeRun(target, clock));
  });

  it("stay for three periods after it, and go then", async () => {
    clock.advance(180);
    expect(await read(family)).toBeDefined();
    clock.advance(0.5);
    expect(await read(family)).toBeUndefined();
    expect(await read("cudaprobe_cold_start_duration_seconds_count")).toBe(1);
    expect(await read("cudaprobe_run_success")).toBe(1);
  });

  it("come back with the next success", async () => {
    clock.advance(1000);
    metrics.expire();
    metrics.recordRun(makeRun(target, clock));
    expect(await read(family)).toBeDefined();
  });

  it("last as long as the period of a reloaded schedule says", async () => {
    metrics.setTargets([target], new Map([["cold_start", 600]]));
    clock.advance(1700);
    expect(await read(family)).toBeDefined();
    clock.advance(200);
    expect(await read(family)).toBeUndefined();
  });

  it("stay while there is no schedule to be late by", async () => {
    metrics.setTargets([target], new Map());
    clock.advance(1e6);
    expect(await read(family)).toBeDefined();
  });
});
