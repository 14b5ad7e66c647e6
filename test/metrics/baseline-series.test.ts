import { expect, it } from "vitest";
import { createClock } from "../support/still-clock.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { makeRun, makeTarget, makeTimeout, uuidOf } from "./records.ts";

const BASELINE = "cudaprobe_cold_start_baseline_duration_seconds";
const target = makeTarget(0);
const other = makeTarget(1);

it("is one series for each target that has a baseline, with the labels of its other series", async () => {
  const metrics = makeMetrics(createClock());
  expect(samples(await metrics.text(), `${BASELINE}{`)).toEqual([]);
  metrics.setBaselines([{ target, seconds: 0.25 }]);
  expect(samples(await metrics.text(), `${BASELINE}{`)).toEqual([
    `${BASELINE}{gpu="0",gpu_uuid="${uuidOf(0)}",mig_uuid="",probe="cold_start",runtime="driver",concurrency="1"} 0.25`,
  ]);
  metrics.setBaselines([{ target: other, seconds: 0.5 }]);
  const text = await metrics.text();
  expect(value(text, BASELINE, { gpu: "0" })).toBeUndefined();
  expect(value(text, BASELINE, { gpu: "1" })).toBe(0.5);
});

it("stays when a run succeeds, when one fails, and when figures expire", async () => {
  const clock = createClock();
  const metrics = makeMetrics(clock);
  metrics.setTargets([target], new Map([["cold_start", 60]]));
  metrics.setBaselines([{ target, seconds: 0.25 }]);
  metrics.recordRun(makeRun(target, clock));
  expect(value(await metrics.text(), BASELINE)).toBe(0.25);
  metrics.recordRun(makeTimeout(target, clock));
  expect(value(await metrics.text(), BASELINE)).toBe(0.25);
  metrics.recordRun(makeRun(target, clock));
  clock.advance(1000);
  const text = await metrics.text();
  expect(value(text, "cudaprobe_cold_start_last_duration_seconds")).toBeUndefined();
  expect(value(text, BASELINE)).toBe(0.25);
});
