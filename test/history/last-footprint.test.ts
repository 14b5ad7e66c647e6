import { describe, expect, it } from "vitest";
import { createHistory } from "../../src/history/history.ts";
import { findLastFootprint } from "../../src/history/last-footprint.ts";
import type { RunRecord } from "../../src/history/record.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { createClock } from "../support/still-clock.ts";
import { makeRun, makeSkip, makeTarget } from "../metrics/records.ts";
import { makeSampledEnd } from "../metrics/sampled-ends.ts";
import { densitySamples, footprintSamples } from "../support/footprint-samples.ts";

const MIB = 2 ** 20;
const clock = createClock();
const plain = makeTarget(0, { kind: footprint });
const mps = makeTarget(0, { kind: footprint, name: "fp_mps", options: { mps: true } });
const other = makeTarget(1, { kind: footprint });
const cold = makeTarget(0);
const targets = [plain, mps, other, cold];

function measured(target: typeof plain, samples = footprintSamples()): RunRecord {
  return makeRun(target, clock, makeSampledEnd(clock, samples));
}

function lastOn(device: typeof plain.device, ...records: readonly RunRecord[]): number | undefined {
  const history = createHistory({ limit: 10 });
  for (const record of records) history.add(record);
  return findLastFootprint(device, targets, history);
}

describe("the last footprint of a device", () => {
  it("is what the process held in the end", () => {
    expect(lastOn(plain.device, measured(plain))).toBe(520 * MIB);
  });

  it("is the largest, where several were measured", () => {
    const small = measured(mps, footprintSamples({ mps: true }));
    expect(lastOn(plain.device, small)).toBe(76 * MIB);
    expect(lastOn(plain.device, measured(plain), small)).toBe(520 * MIB);
  });

  it("is kept over what came after it and measured nothing", () => {
    const failed = makeRun(plain, clock, { outcome: "failure", reason: "oom" });
    const records = [measured(plain), failed, makeSkip(plain, clock)];
    expect(lastOn(plain.device, ...records)).toBe(520 * MIB);
  });

  it("is not known before, of another device, and by another kind", () => {
    expect(lastOn(plain.device)).toBeUndefined();
    expect(lastOn(plain.device, measured(other))).toBeUndefined();
    expect(lastOn(plain.device, measured(cold, densitySamples(2)))).toBeUndefined();
    expect(lastOn(undefined, measured(plain))).toBeUndefined();
  });
});
