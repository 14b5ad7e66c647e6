import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import type { Clock } from "../../src/base/clock.ts";
import type { Target } from "../../src/config/config.ts";
import type { EndedRun } from "../../src/history/record.ts";
import type { Kind } from "../../src/probes/kind.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { makeTargets } from "../../src/config/targets.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { KINDS } from "../../src/probes/index.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { densitySamples, footprintSamples } from "../support/footprint-samples.ts";
import { makeMetrics, samples } from "./exposition-text.ts";
import { checkMetrics } from "./promtool.ts";
import { createClock } from "../support/still-clock.ts";
import { makeDevice, makeListing, makeRun, makeSkip, makeTarget, makeTimeout } from "./records.ts";
import { makeMemoryEnd, makeSampledEnd } from "./sampled-ends.ts";

const defaultConfig = `${import.meta.dirname}/../../config/cudaprobe.yml`;
const build = { version: "0.1.0", revision: "abc1234", node: "v20.20.2" };
const intervals = new Map(KINDS.map((kind) => [kind.name, 60]));

function gpus(count: number): readonly number[] {
  return Array.from({ length: count }, (_, gpu) => gpu);
}

/** A day in the life: listings, successes, failures, skips, a GPU that goes, a reload. */
function live(metrics: Metrics, clock: ReturnType<typeof createClock>, count: number): void {
  metrics.setHost({
    distribution: "Debian GNU/Linux",
    distributionVersion: "12",
    kernel: "6.1.0",
    architecture: "x64",
    cpuModel: "EPYC 9654",
    virtualization: "none",
  });
  metrics.setReload({ successful: true, atSeconds: clock.wallSeconds() });
  metrics.setListing(makeListing(gpus(count)), { named: [] });
  const kinds = KINDS.map((kind) => targetsOf(kind, count));
  metrics.setTargets(kinds.flat(), intervals);
  for (const target of kinds.flat()) metrics.recordRun(makeSuccess(target, clock, count));
  clock.advance(60);
  for (const targets of kinds) {
    for (const target of targets.slice(0, -1)) metrics.recordRun(makeTimeout(target, clock));
    for (const target of targets.slice(2)) metrics.recordRun(makeSkip(target, clock));
  }
}

function targetsOf(kind: Kind, count: number): readonly Target[] {
  if (kind.scope === "host") return [makeTarget(undefined, { kind })];
  return gpus(count).map((gpu) => makeTarget(gpu, { kind }));
}

const LISTED = 3;

/** A run with all that its kind has to say of so many GPUs. */
function makeSuccess(target: Target, clock: Clock, count: number): EndedRun {
  const said: Readonly<Record<string, Partial<RunEnd>>> = {
    process_memory: makeMemoryEnd(clock, gpus(count), LISTED),
    footprint: makeSampledEnd(clock, footprintSamples({ mps: true })),
    density: makeSampledEnd(clock, densitySamples(8)),
  };
  return makeRun(target, clock, said[target.probe.kind.name] ?? {});
}

describe("the exposition", () => {
  it.each([0, 1, 16])("of %d GPUs is to promtool's liking", async (count) => {
    const clock = createClock();
    const metrics = createMetrics({ kinds: KINDS, build, exporterMetrics: true }, { clock });
    expect(checkMetrics(await metrics.text())).toEqual({ code: 0, output: "" });
    live(metrics, clock, count);
    expect(checkMetrics(await metrics.text())).toEqual({ code: 0, output: "" });
    const fault = { reason: "no_driver", code: "", message: "" } as const;
    metrics.setListing(makeListing([], { driver: undefined, fault }), { named: [0, 99] });
    expect(checkMetrics(await metrics.text())).toEqual({ code: 0, output: "" });
  });

  it("would not be, if a family broke the rules", async () => {
    expect(checkMetrics("# TYPE runs_total gauge\nruns_total 1\n").code).not.toBe(0);
  });

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
    expect(await metrics.chunks()).toEqual([Buffer.from(before)]);
    expect((await metrics.chunks())[0]).toBe((await metrics.chunks())[0]);
    metrics.recordRun(makeRun(makeTarget(0), clock));
    expect(await metrics.text()).not.toBe(before);
  });

  it("ends with the process's own metrics, when they are asked for", async () => {
    const clock = createClock();
    const options = { kinds: KINDS, build };
    const lean = createMetrics({ ...options, exporterMetrics: false }, { clock });
    const full = createMetrics({ ...options, exporterMetrics: true }, { clock });
    expect(samples(await lean.text(), "process_")).toEqual([]);
    expect(samples(await full.text(), "process_")).not.toEqual([]);
    expect(await full.text()).toMatch(new RegExp(`^${(await lean.text()).slice(0, 40)}`));
    expect(Buffer.concat(await full.chunks()).toString()).toContain("\nprocess_open_fds ");
    expect(full.contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
  });

  it("is, after a known sequence of records, the one in exposition.txt", async () => {
    const clock = createClock();
    const metrics = createMetrics({ kinds: KINDS, build, exporterMetrics: true }, { clock });
    live(metrics, clock, 2);
    const text = withoutVolatile(await metrics.text());
    const golden = `${import.meta.dirname}/exposition.txt`;
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });
});

/** Without the families whose values are the machine's: those of the process. */
function withoutVolatile(text: string): string {
  return text.replaceAll(/^(?:# (?:HELP|TYPE) )?(?:process|nodejs)_.*\n/gm, "");
}
