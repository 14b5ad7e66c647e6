import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { makeTargets } from "../../src/config/targets.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { KINDS } from "../../src/probes/index.ts";
import { makeMetrics, samples } from "./exposition-text.ts";
import { BUILD, gpus, LISTED, live, makeSuccess } from "../support/live.ts";
import { createClock } from "../support/still-clock.ts";
import { makeDevice, makeListing, makeRun, makeSkip, makeTarget, makeTimeout } from "./records.ts";

const defaultConfig = `${import.meta.dirname}/../../config/cudaprobe.yml`;

const PLAIN = { format: "text", gzip: false } as const;

describe("the exposition", () => {
  it("has at most 900 samples a GPU with the default config, and one for each process that is listed", async () => {
    const clock = createClock();
    const metrics = makeMetrics(clock);
    const count = 16;
    const source = { file: defaultConfig, kinds: KINDS, validateSchedule };
    const config = await loadConfig(source);
    if (!config.ok) throw new Error(JSON.stringify(config.error));
    const targets = makeTargets(config.value, gpus(count).map(makeDevice));
    metrics.setListing(makeListing(gpus(count)), { named: [] });
    metrics.setTargets(targets, new Map());
    for (const target of targets) {
      metrics.recordRun(makeTimeout(target, clock));
      metrics.recordRun(makeSkip(target, clock));
      metrics.recordRun(makeSuccess(target, clock, count));
    }
    const text = await metrics.text();
    const all = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const processes = samples(text, "cudaprobe_gpu_process_memory_bytes{");
    expect(processes).toHaveLength(LISTED * count);
    const others = (all.length - processes.length) / count;
    expect(others).toBeGreaterThan(100);
    expect(others).toBeLessThanOrEqual(900);
  });

  it("is the very same string while nothing changes, and another one afterwards", async () => {
    const clock = createClock();
    const metrics = makeMetrics(clock);
    live(metrics, clock, 2);
    const before = await metrics.text();
    metrics.setListing(makeListing([0, 1]), { named: [] });
    expect(await metrics.text()).toBe(before);
    const { chunks } = await metrics.scrape(PLAIN);
    expect(Buffer.concat(chunks).toString()).toBe(before);
    expect((await metrics.scrape(PLAIN)).chunks).toBe(chunks);
    metrics.recordRun(makeRun(makeTarget(0), clock));
    expect(await metrics.text()).not.toBe(before);
  });

  it("ends with the process's own metrics, when they are asked for", async () => {
    const clock = createClock();
    const options = { kinds: KINDS, build: BUILD };
    const lean = createMetrics({ ...options, exporterMetrics: false }, { clock });
    const full = createMetrics({ ...options, exporterMetrics: true }, { clock });
    expect(samples(await lean.text(), "process_")).toEqual([]);
    expect(samples(await full.text(), "process_")).not.toEqual([]);
    expect(await full.text()).toMatch(new RegExp(`^${(await lean.text()).slice(0, 40)}`));
    expect(await full.text()).toContain("\nprocess_open_fds ");
  });

  it.each([
    ["exposition.txt", "text"],
    ["exposition-openmetrics.txt", "openmetrics"],
  ] as const)("is, after a known sequence of records, the one in %s", async (file, format) => {
    const clock = createClock();
    const metrics = createMetrics({ kinds: KINDS, build: BUILD, exporterMetrics: true }, { clock });
    live(metrics, clock, 2);
    const text = withoutVolatile(await metrics.text(format));
    const golden = `${import.meta.dirname}/${file}`;
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });
});

/** Without the families whose values are the machine's: those of the process. */
function withoutVolatile(text: string): string {
  return text.replaceAll(/^(?:# (?:HELP|TYPE|UNIT) )?(?:process|nodejs)_.*\n/gm, "");
}
