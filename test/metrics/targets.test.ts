import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../src/metrics/metrics.ts";
import type { Family } from "../../src/probes/family.ts";
import type { Kind } from "../../src/probes/kind.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";
import { makeRun, makeTarget, makeTimeout, uuidOf } from "./records.ts";

const first = makeTarget(0);
const second = makeTarget(1);

let clock: ReturnType<typeof createClock>;
let metrics: Metrics;

beforeEach(() => {
  clock = createClock();
  metrics = makeMetrics(clock);
  metrics.setTargets([first, second], new Map([["cold_start", 60]]));
});

describe("a target that is gone", () => {
  it("takes all of its series with it, histograms included, and leaves those of the others", async () => {
    for (const target of [first, second]) {
      metrics.recordRun(makeRun(target, clock));
      metrics.recordRun(makeTimeout(target, clock));
      metrics.recordRun(makeRun(target, clock));
    }
    const before = (await metrics.text()).split("\n");
    metrics.setTargets([first], new Map([["cold_start", 60]]));
    const after = (await metrics.text()).split("\n");
    expect(after).toEqual(before.filter((line) => !line.includes(uuidOf(1))));
    expect(after.length).toBeLessThan(before.length);
  });

  it("does not come back with a run that was still under way", async () => {
    metrics.setTargets([first], new Map());
    metrics.recordRun(makeRun(second, clock));
    expect(await metrics.text()).not.toContain(uuidOf(1));
  });

  it("begins at zero when it returns", async () => {
    metrics.recordRun(makeRun(second, clock));
    metrics.setTargets([first], new Map());
    metrics.setTargets([first, second], new Map());
    const text = await metrics.text();
    expect(value(text, "cudaprobe_runs_total", { gpu: "1" })).toBe(0);
    expect(samples(text, "cudaprobe_run_success")).toEqual([]);
  });
});

describe("a target that stays over a reload", () => {
  it("keeps its series, also when it is described anew", async () => {
    metrics.recordRun(makeRun(first, clock));
    const before = await metrics.text();
    metrics.setTargets([makeTarget(0), makeTarget(1)], new Map([["cold_start", 60]]));
    expect(await metrics.text()).toBe(before);
    metrics.recordRun(makeRun(makeTarget(0), clock));
    expect(value(await metrics.text(), "cudaprobe_runs_total", { gpu: "0" })).toBe(2);
  });

  it("begins at zero when its options changed, and leaves out a run with the old ones", async () => {
    metrics.recordRun(makeRun(first, clock));
    const changed = makeTarget(0, { options: { jit_cache: "cold" } });
    metrics.setTargets([changed], new Map());
    metrics.recordRun(makeRun(first, clock));
    const text = await metrics.text();
    expect(value(text, "cudaprobe_runs_total")).toBe(0);
    expect(value(text, "cudaprobe_probe_info", { jit_cache: "cold" })).toBe(1);
    expect(samples(text, "cudaprobe_probe_info{")).toHaveLength(1);
  });
});

describe("a probe", () => {
  it("is described once, whatever the number of its devices, with what its kind lacks left empty", async () => {
    expect(samples(await metrics.text(), "cudaprobe_probe_info{")).toEqual([
      'cudaprobe_probe_info{probe="cold_start",kind="cold_start",runtime="driver",concurrency="1",' +
        'mps="",active_thread_percentage="",module_loading="lazy",jit_cache="warm",visible_devices="one",page_cache="warm",spread="",' +
        'mechanism="",memory="",samples=""} 1',
    ]);
  });

  it("has its interval, and another one after a reload", async () => {
    expect(value(await metrics.text(), "cudaprobe_probe_interval_seconds")).toBe(60);
    metrics.setTargets([first], new Map([["cold_start", 300]]));
    expect(value(await metrics.text(), "cudaprobe_probe_interval_seconds")).toBe(300);
  });

  it("is gone with its last target, and its kind's waits with it", async () => {
    metrics.setTargets([], new Map());
    const text = await metrics.text();
    expect(samples(text, "cudaprobe_probe_")).toEqual([]);
    expect(samples(text, "cudaprobe_lane_wait_seconds")).toEqual([]);
  });
});

describe("a target of the host", () => {
  const family: Family = {
    name: "cudaprobe_test_bytes",
    type: "gauge",
    help: "A figure of a device that a kind of the host looks at.",
    labelNames: ["probe"],
    device: true,
  };
  const hostKind: Kind = {
    ...coldStart,
    name: "host_kind",
    scope: "host",
    families: [family],
    measurement: (options) => ({
      ...coldStart.measurement(options),
      infoLabels: {},
      zeros: () => [],
      observe: ({ probe }) => [
        {
          family: family.name,
          labels: { probe, gpu: "3", gpu_uuid: uuidOf(3), mig_uuid: "" },
          value: 7,
        },
      ],
    }),
  };

  it("has empty device labels on its own series, and the labels that its kind gives to a device's", async () => {
    const host = makeTarget(undefined, { kind: hostKind });
    const build = { version: "0.1.0", revision: "", node: "v20.20.2" };
    metrics = createMetrics({ kinds: [hostKind], build, exporterMetrics: false }, { clock });
    metrics.setTargets([host], new Map());
    metrics.recordRun(makeRun(host, clock));
    const text = await metrics.text();
    expect(samples(text, "cudaprobe_runs_total{")).toEqual([
      'cudaprobe_runs_total{gpu="",gpu_uuid="",mig_uuid="",probe="host_kind",kind="host_kind"} 1',
    ]);
    expect(value(text, family.name, { gpu: "3", gpu_uuid: uuidOf(3), probe: "host_kind" })).toBe(7);
  });
});
