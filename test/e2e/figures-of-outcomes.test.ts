import { describe, expect, it } from "vitest";
import { checkSamples, panelQuery, target, type Series } from "../support/promql-series.ts";
import type { PromtoolEnd } from "../support/promtool.ts";

const OUTCOMES = "Runs in the window, by how they ended";
const AS_EXPECTED = { code: 0, output: expect.stringContaining("SUCCESS") };

describe("how runs ended", () => {
  it("counts neither failures nor a probe's own skips as successes", async () => {
    expect(await checkSucceeded(run("page_cache_busy", 1), 0)).toEqual(AS_EXPECTED);
    expect(await checkSucceeded(run("memory_floor", 1), 0)).toEqual(AS_EXPECTED);
  });

  it("counts every success, also of a probe that runs more often than it is scraped", async () => {
    expect(await checkSucceeded(run("memory_floor", 0), 90)).toEqual(AS_EXPECTED);
  });

  it("counts those of a probe that now and then waits for the lane in vain", async () => {
    expect(await checkSucceeded(run("lane_busy", 1), 90)).toEqual(AS_EXPECTED);
  });

  it("counts the successes beside a probe's own skips, by when they ended", async () => {
    const last = `cudaprobe_run_last_success_timestamp_seconds{${target("a")}, kind="cold_start"}`;
    expect(await checkSucceeded([...run("page_cache_busy", 1), [last, 60]], 30)).toEqual(
      AS_EXPECTED,
    );
  });

  it("takes no failure without a process off the successes", async () => {
    const failures = series("cudaprobe_run_failures_total", 'reason="not_started"');
    expect(
      await checkSucceeded(
        [[series("cudaprobe_runs_total"), 0], failure("oom", 0), [failures, 2]],
        0,
      ),
    ).toEqual(AS_EXPECTED);
  });
});

/** Three runs a minute, of which none fails. */
function run(skip: string, skipsAMinute: number): Series {
  return [
    [series("cudaprobe_runs_total"), 3],
    failure("oom", 0),
    [series("cudaprobe_run_skips_total", `reason="${skip}"`), skipsAMinute],
  ];
}

function failure(reason: string, each: number): readonly [string, number] {
  return [series("cudaprobe_run_failures_total", `reason="${reason}"`), each];
}

function series(family: string, ...labels: readonly string[]): string {
  return `${family}{${[target("a"), 'kind="cold_start"', ...labels].join(", ")}}`;
}

async function checkSucceeded(given: Series, value: number): Promise<PromtoolEnd> {
  const succeeded = panelQuery("exporter-health.json", OUTCOMES);
  return checkSamples(given, succeeded, [{ labels: "{}", value }]);
}
