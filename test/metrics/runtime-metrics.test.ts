import { describe, expect, it } from "vitest";
import { correctRuntimeMetrics, createRuntimeMetrics } from "../../src/metrics/runtime-metrics.ts";
import { samples, value } from "./exposition-text.ts";

describe("the metrics of the daemon's own process", () => {
  it("are there and finite", async () => {
    const { text } = await createRuntimeMetrics()();
    expect(value(text, "process_resident_memory_bytes")).toBeGreaterThan(2 ** 20);
    expect(value(text, "process_cpu_seconds_total")).toBeGreaterThan(0);
    expect(samples(text, "nodejs_version_info{")).toHaveLength(1);
    expect(samples(text, "nodejs_active_")).toEqual([]);
    const values = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(values.filter((line) => !(Number(line.split(" ").at(-1)) < 1e15))).toEqual([]);
  });

  it("do not tell of the event loop before there is a sample of it", async () => {
    const { text } = await createRuntimeMetrics()();
    expect(samples(text, "nodejs_eventloop_lag_min_seconds")).toEqual([]);
    expect(samples(text, "nodejs_eventloop_lag_mean_seconds")).toEqual([]);
    expect(samples(text, "nodejs_eventloop_lag_p99_seconds")).toEqual([]);
  });
});

describe("the delay of the event loop", () => {
  it.each([
    ["p99", "1.001914367", "0.001914367"],
    ["min", "0.99987", "0"],
    ["max", "3.5", "2.5"],
  ])("%s of %s is without the sampling interval %s", (statistic, sampled, lag) => {
    const text = `nodejs_eventloop_lag_${statistic}_seconds ${sampled}\n`;
    expect(correctRuntimeMetrics(text)).toBe(`nodejs_eventloop_lag_${statistic}_seconds ${lag}\n`);
  });

  it.each([
    ["min", "9223372036.854776"],
    ["max", "0"],
    ["p50", "5.11e-7"],
    ["mean", "Nan"],
    ["stddev", "Nan"],
  ])("%s of %s is no sample and left out", (statistic, sampled) => {
    const text = `nodejs_eventloop_lag_${statistic}_seconds ${sampled}\nother 1\n`;
    expect(correctRuntimeMetrics(text)).toBe("other 1\n");
  });

  it("of the scrape itself is left as it is", () => {
    const text = "nodejs_eventloop_lag_seconds 0.002\n";
    expect(correctRuntimeMetrics(text)).toBe(text);
  });
});
