import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { loadSeries } from "../../scripts/bench/scrape/load-series.js";
import { live } from "../support/live.ts";
import { createClock } from "../support/still-clock.ts";
import { makeMetrics } from "../metrics/exposition-text.ts";

async function reload(text: string): Promise<string> {
  const registry = new Registry();
  loadSeries(text, registry);
  return registry.metrics();
}

describe("the server that a scrape is measured beside", () => {
  it("has every sample that the daemon has, and no other", async () => {
    const clock = createClock();
    const metrics = makeMetrics(clock);
    live(metrics, clock, 2);
    const text = await metrics.text();
    expect(samplesOf(await reload(text))).toEqual(samplesOf(text));
  });

  it("leaves out what the daemon's process says of itself, and has its own", async () => {
    const text =
      "# HELP process_a Own.\n# TYPE process_a gauge\nprocess_a 1\n# HELP b Other.\n# TYPE b gauge\nb 2\n";
    expect(samplesOf(await reload(text))).toEqual(["b 2"]);
  });
});

/** Sums are of bounds there, so that they differ. */
function samplesOf(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => line.replace(/^(\w+_sum(?:\{.*\})?) \S+$/, "$1")).toSorted();
}
