import { beforeEach, describe, expect, it } from "vitest";
import { createStore, type SeriesStore } from "../../src/metrics/store.ts";
import type { Family } from "../../src/probes/family.ts";

const families: readonly Family[] = [
  { name: "test_ratio", type: "gauge", help: "A ratio.", labelNames: ["probe"], device: false },
  { name: "test_up", type: "gauge", help: "Up or not.", labelNames: [], device: false },
  { name: "test_runs_total", type: "counter", help: "Runs.", labelNames: ["probe"], device: true },
  {
    name: "test_duration_seconds",
    type: "histogram",
    help: "A duration.",
    labelNames: [],
    device: true,
    buckets: [0.5, 1],
  },
];

const device = { gpu: "0", gpu_uuid: "GPU-1", mig_uuid: "" };

let changes: string[];
let store: SeriesStore;

beforeEach(() => {
  changes = [];
  store = createStore(families, (family) => changes.push(family));
});

describe("a store", () => {
  it("has no text for a family without series, not even one without labels", async () => {
    expect(await store.render("test_ratio")).toBe("");
    expect(await store.render("test_up")).toBe("");
  });

  it("sets gauges, adds to counters and observes with histograms", async () => {
    for (const value of [0.25, 0.75]) {
      store.write({ family: "test_ratio", labels: { probe: "a" }, value });
      store.write({ family: "test_runs_total", labels: { ...device, probe: "a" }, value });
      store.write({ family: "test_duration_seconds", labels: device, value });
    }
    expect(await store.render("test_ratio")).toContain('test_ratio{probe="a"} 0.75');
    expect(await store.render("test_runs_total")).toContain(
      'test_runs_total{gpu="0",gpu_uuid="GPU-1",mig_uuid="",probe="a"} 1',
    );
    const histogram = await store.render("test_duration_seconds");
    expect(histogram).toContain('{le="0.5",gpu="0",gpu_uuid="GPU-1",mig_uuid=""} 1');
    expect(histogram).toContain(
      'test_duration_seconds_sum{gpu="0",gpu_uuid="GPU-1",mig_uuid=""} 1',
    );
  });

  it("writes a help line, a type line and the full name of counters", async () => {
    store.zero({ family: "test_runs_total", labels: { ...device, probe: "a" } });
    const [help, type, sample] = (await store.render("test_runs_total")).split("\n");
    expect(help).toBe("# HELP test_runs_total Runs.");
    expect(type).toBe("# TYPE test_runs_total counter");
    expect(sample).toMatch(/^test_runs_total\{.*\} 0$/);
  });

  it("puts series at zero, but leaves those that exist", async () => {
    const series = { family: "test_runs_total", labels: { ...device, probe: "a" } };
    store.write({ ...series, value: 3 });
    store.zero(series);
    expect(await store.render("test_runs_total")).toMatch(/ 3$/);
  });

  it.each(families.map(({ name }) => name))("removes a series of %s for good", async (family) => {
    const labels: Record<string, Record<string, string>> = {
      test_ratio: { probe: "a" },
      test_up: {},
      test_runs_total: { ...device, probe: "a" },
      test_duration_seconds: device,
    };
    const series = { family, labels: labels[family] ?? {} };
    store.write({ ...series, value: 1 });
    store.remove(series);
    expect(await store.render(family)).toBe("");
  });

  it("escapes the values of labels", async () => {
    store.write({ family: "test_ratio", labels: { probe: 'a"b\\c\nd' }, value: 1 });
    expect(await store.render("test_ratio")).toContain('probe="a\\"b\\\\c\\nd"');
  });
});

describe("a store tells of a change", () => {
  it("when a value or the set of series changes", () => {
    const series = { family: "test_ratio", labels: { probe: "a" } };
    store.write({ ...series, value: 1 });
    store.write({ ...series, value: 2 });
    store.remove(series);
    store.zero({ family: "test_duration_seconds", labels: device });
    store.write({ family: "test_duration_seconds", labels: device, value: 0 });
    expect(changes).toEqual([
      "test_ratio",
      "test_ratio",
      "test_ratio",
      "test_duration_seconds",
      "test_duration_seconds",
    ]);
  });

  it("but not when everything stays as it is", () => {
    const gauge = { family: "test_ratio", labels: { probe: "a" } };
    const counter = { family: "test_runs_total", labels: { ...device, probe: "a" } };
    store.write({ ...gauge, value: 1 });
    store.write({ ...counter, value: 1 });
    changes.length = 0;
    store.write({ ...gauge, value: 1 });
    store.write({ ...counter, value: 0 });
    store.zero(counter);
    store.remove({ family: "test_ratio", labels: { probe: "b" } });
    expect(changes).toEqual([]);
  });
});

describe("a store refuses", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "silently, a value of %d",
    async (value) => {
      store.write({ family: "test_ratio", labels: { probe: "a" }, value });
      store.write({ family: "test_duration_seconds", labels: device, value });
      expect(await store.render("test_ratio")).toBe("");
      expect(await store.render("test_duration_seconds")).toBe("");
      expect(changes).toEqual([]);
    },
  );

  it("silently, to take from a counter, but sets a gauge below zero", async () => {
    store.write({ family: "test_runs_total", labels: { ...device, probe: "a" }, value: -1 });
    store.write({ family: "test_ratio", labels: { probe: "a" }, value: -1 });
    expect(await store.render("test_runs_total")).toBe("");
    expect(await store.render("test_ratio")).toMatch(/ -1$/);
  });

  it("families and labels that nobody declared, and labels that are missing", () => {
    expect(() => store.write({ family: "test_x", labels: {}, value: 1 })).toThrow("test_x");
    expect(() => store.write({ family: "test_ratio", labels: {}, value: 1 })).toThrow(
      "lacks its label probe",
    );
    expect(() =>
      store.write({ family: "test_ratio", labels: { probe: "a", x: "" }, value: 1 }),
    ).toThrow("has no label x");
    expect(() =>
      store.zero({ family: "test_runs_total", labels: { probe: "a", gpu: "0" } }),
    ).toThrow("lacks its label gpu_uuid");
  });

  it("two families of one name", () => {
    expect(() => createStore([...families, ...families], () => undefined)).toThrow("test_ratio");
  });
});
