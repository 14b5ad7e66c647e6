import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/history/record.ts";
import { renderRun } from "../../src/metrics/one-run.ts";
import type { Format } from "../../src/metrics/scrape.ts";
import { createClock } from "../support/still-clock.ts";
import { checkMetrics } from "../support/promtool.ts";
import { samples, value } from "./exposition-text.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "./records.ts";

const clock = createClock();
const target = makeTarget(0);
const SUCCESS = "cudaprobe_probe_success";

async function render(record: RunRecord, format: Format = "text"): Promise<string> {
  const { chunks } = await renderRun(record, 1.5)({ format, gzip: false });
  return Buffer.concat([...chunks]).toString();
}

describe("the series of one run", () => {
  it("are those that a success has in the daemon's, counted once, and what /probe adds", async () => {
    const text = await render(makeRun(target, clock));
    expect(value(text, SUCCESS, { gpu: "0", probe: "cold_start" })).toBe(1);
    expect(value(text, "cudaprobe_probe_duration_seconds")).toBe(1.5);
    expect(value(text, "cudaprobe_runs_total")).toBe(1);
    expect(value(text, "cudaprobe_cold_start_duration_seconds_count")).toBe(1);
    expect(value(text, "cudaprobe_cold_start_last_duration_seconds")).toBeGreaterThan(0);
    expect(samples(text, "cudaprobe_run_failures_total")).toEqual([]);
    expect(checkMetrics(text)).toEqual({ code: 0, output: "" });
  });

  it("say of a failure which, and have none of its figures", async () => {
    const text = await render(makeTimeout(target, clock));
    expect(value(text, SUCCESS)).toBe(0);
    expect(value(text, "cudaprobe_run_failures_total", { reason: "timeout" })).toBe(1);
    expect(text).not.toContain("cudaprobe_cold_start_");
  });

  it("say of a skip why, and of no run", async () => {
    const skip = makeSkip(target, clock);
    const text = await render(skip);
    expect(value(text, SUCCESS)).toBe(0);
    expect(value(text, "cudaprobe_run_skips_total", { reason: skip.reason })).toBe(1);
    expect(samples(text, "cudaprobe_runs_total")).toEqual([]);
  });

  it("come in OpenMetrics, too, to their end", async () => {
    const text = await render(makeRun(target, clock), "openmetrics");
    expect(text).toContain("# TYPE cudaprobe_runs counter\n");
    expect(text).toMatch(/run_id="\w+"} .*\n# EOF\n$/s);
  });
});
