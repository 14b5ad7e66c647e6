import { beforeEach, describe, expect, it } from "vitest";
import { createStore, type SeriesStore } from "../../src/metrics/store.ts";
import { samples } from "./exposition-text.ts";

const FAMILY = "test_duration_seconds";
const LABELS = { probe: 'a"b\\c\nd' };

let store: SeriesStore;

beforeEach(() => {
  const histogram = { name: FAMILY, type: "histogram", help: "A duration." } as const;
  const family = { ...histogram, labelNames: ["probe"], device: false, buckets: [0.5, 1] };
  store = createStore([family], () => undefined);
});

function observe(value: number, runId?: string): void {
  const exemplar = { labels: { run_id: runId ?? "" }, atSeconds: 1_764_125_000.123 };
  store.write({
    family: FAMILY,
    labels: LABELS,
    value,
    ...(runId === undefined ? {} : { exemplar }),
  });
}

async function exemplars(): Promise<readonly string[]> {
  const buckets = samples(await store.render(FAMILY, "openmetrics"), `${FAMILY}_bucket`);
  return buckets.map((line) => line.split(" # ")[1] ?? "");
}

describe("exemplars", () => {
  it("are of the latest value in each bucket, whatever is in the labels", async () => {
    observe(0.25, "old");
    observe(0.3, "x1");
    observe(7, "x2");
    expect(await exemplars()).toEqual([
      '{run_id="x1"} 0.3 1764125000.123',
      "",
      '{run_id="x2"} 7 1764125000.123',
    ]);
  });

  it("of a value on the bound are with that bound's bucket", async () => {
    observe(0.5, "x1");
    expect(await exemplars()).toEqual([expect.stringContaining("x1"), "", ""]);
  });

  it("are nowhere in the text format", async () => {
    observe(0.25, "x1");
    expect(await store.render(FAMILY)).not.toContain("x1");
    expect(await store.render(FAMILY, "openmetrics")).toContain("x1");
  });

  it("stay when a value without one comes", async () => {
    observe(0.25, "x1");
    observe(0.3);
    expect((await exemplars())[0]).toContain("x1");
  });

  it("go with their series", async () => {
    observe(0.25, "x1");
    store.remove({ family: FAMILY, labels: LABELS });
    observe(0.25);
    expect(await exemplars()).toEqual(["", "", ""]);
  });
});
