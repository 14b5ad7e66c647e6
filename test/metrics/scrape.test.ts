import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { FORMATS, type ScrapeOptions } from "../../src/metrics/scrape.ts";
import { KINDS } from "../../src/probes/index.ts";
import { BUILD, live } from "../support/live.ts";
import { createClock } from "../support/still-clock.ts";
import { makeMetrics, value } from "./exposition-text.ts";
import { makeRun, makeTarget } from "./records.ts";

/** What a sample's name may have beyond its family's. */
const SUFFIXES = ["", "_total", "_info", "_bucket", "_sum", "_count"];

let clock: ReturnType<typeof createClock>;
let metrics: Metrics;

beforeEach(() => {
  clock = createClock();
  metrics = makeMetrics(clock);
  live(metrics, clock, 2);
});

async function bytes(of: Metrics, options: ScrapeOptions): Promise<Buffer> {
  return Buffer.concat((await of.scrape(options)).chunks);
}

describe.each(FORMATS)("a scrape in the format %s", (format) => {
  it("is the same text when it was compressed", async () => {
    const plain = await bytes(metrics, { format, gzip: false });
    const compressed = await bytes(metrics, { format, gzip: true });
    expect(compressed.length).toBeLessThan(plain.length / 5);
    expect(gunzipSync(compressed).toString()).toBe(plain.toString());
  });

  it("is compressed once while nothing changes, and anew afterwards", async () => {
    const scrape = async (): Promise<Buffer | undefined> =>
      (await metrics.scrape({ format, gzip: true })).chunks[0];
    const [first, second] = await Promise.all([scrape(), scrape()]);
    expect(second).toBe(first);
    expect(await scrape()).toBe(first);
    metrics.recordRun(makeRun(makeTarget(0), clock));
    expect(await scrape()).not.toEqual(first);
  });

  it("has the process's own metrics in it, compressed too", async () => {
    const full = createMetrics({ kinds: KINDS, build: BUILD, exporterMetrics: true }, { clock });
    const text = gunzipSync(await bytes(full, { format, gzip: true })).toString();
    expect(text).toContain("\nprocess_cpu_seconds_total ");
    expect(text).toContain("cudaprobe_build_info{");
  });

  it("has a run that ended just before", async () => {
    const target = makeTarget(0);
    const runs = async (): Promise<number | undefined> => {
      const labels = { probe: target.probe.name, gpu: "0" };
      return value(await metrics.text(format), "cudaprobe_runs_total", labels);
    };
    const before = (await runs()) ?? Number.NaN;
    metrics.recordRun(makeRun(target, clock));
    expect(await runs()).toBe(before + 1);
  });
});

describe("OpenMetrics", () => {
  it.each([true, false])("ends once, at the end (own metrics: %s)", async (exporterMetrics) => {
    const full = createMetrics({ kinds: KINDS, build: BUILD, exporterMetrics }, { clock });
    const text = await full.text("openmetrics");
    expect(text.endsWith("\n# EOF\n")).toBe(true);
    expect(text.match(/# EOF/g)).toHaveLength(1);
    expect(text).not.toContain("\n\n");
    expect(await full.text("text")).not.toContain("# EOF");
  });

  it("has no family twice, and each sample belongs to the family above it", async () => {
    const full = createMetrics({ kinds: KINDS, build: BUILD, exporterMetrics: true }, { clock });
    live(full, clock, 2);
    const lines = (await full.text("openmetrics")).split("\n").slice(0, -2);
    const families = lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []);
    expect(families.length).toBeGreaterThan(50);
    expect(new Set(families).size).toBe(families.length);
    let family = "";
    for (const line of lines) {
      family = /^# HELP (\S+)/.exec(line)?.[1] ?? family;
      const name = line.startsWith("#") ? line.split(" ")[2] : /^\w+/.exec(line)?.[0];
      expect(SUFFIXES.map((suffix) => family + suffix)).toContain(name);
    }
  });

  it("has the same samples as the text format", async () => {
    expect(bareSamples(await metrics.text("openmetrics"))).toEqual(
      bareSamples(await metrics.text("text")),
    );
  });

  it("names the run on the buckets of a cold start, in few characters", async () => {
    const text = await metrics.text("openmetrics");
    const found = text.match(
      /^cudaprobe_cold_start_duration_seconds_bucket\{.* # \{run_id="[0-9a-z]+"\} \S+ \d+(?:\.\d+)?$/gm,
    );
    expect(found?.length).toBeGreaterThan(0);
    expect(await metrics.text("text")).not.toContain("run_id");
  });
});

/** Without what the formats write differently: exemplars and bounds. */
function bareSamples(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.replace(/ # .*$/, "").replace(/le="[^"]*"/, ""));
}
