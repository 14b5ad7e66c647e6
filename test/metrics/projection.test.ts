import { beforeEach, describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { footprintSamples } from "../support/footprint-samples.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";
import { makeDevice, makeListing, makeRun, makeSkip, makeTarget, makeTimeout } from "./records.ts";
import { makeSampledEnd } from "./sampled-ends.ts";

const PROJECTED = "cudaprobe_density_projected_instances";
const target = makeTarget(0, { kind: footprint });
const intervals = new Map([["footprint", 600]]);

let clock: ReturnType<typeof createClock>;
let metrics: Metrics;

function list(changes: Partial<Device>): void {
  const devices = [{ ...makeDevice(0), ...changes }];
  metrics.setListing(makeListing([0], { devices }), { named: [] });
}

function succeed(mps = false): void {
  metrics.recordRun(makeRun(target, clock, makeSampledEnd(clock, footprintSamples({ mps }))));
}

async function projected(): Promise<number | undefined> {
  return value(await metrics.text(), PROJECTED, { gpu: "0", probe: "footprint", mps: "false" });
}

async function limits(): Promise<readonly string[]> {
  const lines = samples(await metrics.text(), "cudaprobe_density_limit_info{");
  return lines.map((line) => /limit="(\w+)"/.exec(line)?.[1] ?? "");
}

beforeEach(() => {
  clock = createClock();
  metrics = makeMetrics(clock);
  metrics.setTargets([target], intervals);
  list({ memoryFreeBytes: 20e9 });
});

describe("the projected instances", () => {
  it("are not there before a footprint was measured", async () => {
    expect(await projected()).toBeUndefined();
  });

  it("follow from the footprint and the free memory of now, whichever changes", async () => {
    succeed();
    expect(await projected()).toBe(20);
    expect(await limits()).toEqual(["memory"]);
    list({ memoryFreeBytes: 10e9 });
    expect(await projected()).toBe(2);
    succeed(true);
    expect(await projected()).toBe(18);
  });

  it("have one limit, that of now", async () => {
    succeed();
    list({ computeMode: "exclusive_process", processes: 0 });
    expect(await projected()).toBe(1);
    expect(await limits()).toEqual(["exclusive_mode"]);
  });

  it("are there after a listing that came later than the footprint", async () => {
    list({ memoryFreeBytes: undefined });
    succeed();
    expect(await projected()).toBeUndefined();
    list({ memoryFreeBytes: 20e9 });
    expect(await projected()).toBe(20);
  });

  it("go when the device is not listed, and come back with it", async () => {
    succeed();
    metrics.setListing(makeListing([]), { named: [] });
    expect(await projected()).toBeUndefined();
    list({ memoryFreeBytes: 20e9 });
    expect(await projected()).toBe(20);
  });

  it.each([
    ["a failure", () => makeTimeout(target, clock)],
    ["a skip", () => makeSkip(target, clock)],
  ])("go with the footprint after %s, and no listing brings them back", async (_, make) => {
    succeed();
    metrics.recordRun(make());
    list({ memoryFreeBytes: 30e9 });
    expect(await projected()).toBeUndefined();
    expect(await limits()).toEqual([]);
    expect(samples(await metrics.text(), "cudaprobe_footprint_bytes{")).toEqual([]);
  });

  it("go with the footprint when that is three periods old", async () => {
    succeed();
    clock.advance(3 * 600);
    expect(await projected()).toBe(20);
    clock.advance(1);
    expect(await projected()).toBeUndefined();
    list({ memoryFreeBytes: 30e9 });
    expect(await projected()).toBeUndefined();
  });

  it("go with their target", async () => {
    succeed();
    metrics.setTargets([], intervals);
    list({ memoryFreeBytes: 30e9 });
    expect(samples(await metrics.text(), PROJECTED + "{")).toEqual([]);
    expect(await limits()).toEqual([]);
  });
});
