import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { firingsOf } from "../../scripts/detection/firings.js";
import { MODELS, modelled, resampled } from "../../scripts/detection/noise.js";
import { recordingPasses, regressionAlerts } from "../../scripts/detection/passes.js";
import { makeRandom } from "../../scripts/detection/random.js";

const rules = await readFile(
  resolve(import.meta.dirname, "../../deploy/prometheus/cudaprobe.rules.yml"),
  "utf8",
);

describe("an alert of the replay", () => {
  test("fires when its expression has held for as long as it has to", () => {
    expect(firingsOf([0, 60, 120, 180], 120)).toEqual([120]);
  });

  test("does not fire when it has not held in between, and waits anew", () => {
    expect(firingsOf([0, 60, 180, 240], 120)).toEqual([]);
    expect(firingsOf([0, 60, 180, 240, 300], 120)).toEqual([300]);
  });

  test("fires again when it has stopped in between", () => {
    expect(firingsOf([0, 60, 120, 600, 660, 720, 780], 120)).toEqual([120, 720]);
  });
});

describe("the replayed rules", () => {
  test("are those of cold starts, each after what it is made of", () => {
    const recorded = recordingPasses(rules).map((pass) =>
      [...pass.matchAll(/record: .*:(\w+)$/gm)].map(([, name]) => name),
    );
    expect(recorded).toEqual([
      ["median1h", "median6h"],
      ["median7d"],
      ["ratio_median1h_per_median7d", "ratio_median6h_per_median7d"],
    ]);
  });

  test("are asked with both severities, and last as long as they are shipped", () => {
    const alerts = regressionAlerts(rules);
    expect(alerts.map(({ severity, forSeconds }) => ({ severity, forSeconds }))).toEqual([
      { severity: "warning", forSeconds: 3600 },
      { severity: "critical", forSeconds: 1800 },
    ]);
  });
});

describe("noise", () => {
  test("is the same for the same seed, and another for another", () => {
    const [first, again, other] = [1, 1, 2].map((seed) =>
      take(modelled(quiet(), makeRandom(seed)), 5),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test("is as wide as its model says, around 1", () => {
    const values = take(modelled({ ...quiet(), outliers: 0 }, makeRandom(7)), 20_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length,
    );
    expect(mean).toBeCloseTo(1, 2);
    expect(deviation).toBeCloseTo(Math.hypot(0.04, 0.01), 2);
  });

  test("of recorded starts keeps those together that were made together", () => {
    const recorded = Array.from({ length: 100 }, (_, at) => at);
    const values = take(resampled(recorded, makeRandom(3)), 200);
    const jumps = values.slice(1).filter((value, at) => value !== (values[at] ?? 0) + 1);
    expect(jumps.length).toBeGreaterThan(0);
    expect(jumps.length).toBeLessThan(10);
  });
});

function quiet(): NonNullable<(typeof MODELS)[string]> {
  const model = MODELS["quiet"];
  if (model === undefined) throw new Error("there is no quiet noise");
  return model;
}

function take(values: Iterator<number, never>, count: number): readonly number[] {
  return Array.from({ length: count }, () => values.next().value);
}
