import { describe, expect, it } from "vitest";
import { findPanel } from "../grafana/panels.ts";
import {
  checkSamples,
  panelQuery,
  startLabels,
  starts,
  type Series,
} from "../support/promql-series.ts";

const AT_ONCE = "Slowest of several at once, against one alone";
const IDLE = "Runs before which nobody held the GPU";
const AS_EXPECTED = { code: 0, output: expect.stringContaining("SUCCESS") };

describe("many starts at once", () => {
  it("are shown beside what the driver's lock gives, and a framework's without it", async () => {
    const given: Series = [
      [`cudaprobe_cold_start_serialization_ratio{${startLabels("four", "driver", 4)}}`, 0],
      [`cudaprobe_cold_start_serialization_ratio{${startLabels("torch", "torch", 8)}}`, 0],
    ];
    expect(
      await checkSamples(given, panelQuery("cold-start.json", AT_ONCE), [
        { labels: '{probe="four", concurrency="4"}', value: 0 },
        { labels: '{probe="torch", concurrency="8"}', value: 0 },
      ]),
    ).toEqual(AS_EXPECTED);
    expect(
      await checkSamples(given, panelQuery("cold-start.json", AT_ONCE, 1), [
        { labels: '{concurrency="4"}', value: 2.92 },
      ]),
    ).toEqual(AS_EXPECTED);
  });

  it("are nowhere without such a probe, which the panel says", async () => {
    const given = starts("start", { runtime: "driver", concurrency: 1, made: 4, inTime: 4 });
    expect(await checkSamples(given, panelQuery("cold-start.json", AT_ONCE), [])).toEqual(
      AS_EXPECTED,
    );
    expect(await checkSamples(given, panelQuery("cold-start.json", AT_ONCE, 1), [])).toEqual(
      AS_EXPECTED,
    );
    expect(findPanel("cold-start.json", AT_ONCE).fieldConfig?.defaults).toMatchObject({
      noValue: "No probe starts several at once",
    });
  });

  it("are one run each, of which a part finds an idle GPU", async () => {
    const given: Series = [
      ...starts("start", { runtime: "driver", concurrency: 1, made: 4, inTime: 4 }),
      [`cudaprobe_cold_start_idle_gpu_total{${startLabels("start", "driver", 1)}}`, 1],
      ...starts("four", { runtime: "driver", concurrency: 4, made: 8, inTime: 4 }),
      [`cudaprobe_cold_start_idle_gpu_total{${startLabels("four", "driver", 4)}}`, 1],
    ];
    expect(
      await checkSamples(given, panelQuery("cold-start.json", IDLE), [
        { labels: '{probe="start", concurrency="1"}', value: 0.25 },
        { labels: '{probe="four", concurrency="4"}', value: 0.5 },
      ]),
    ).toEqual(AS_EXPECTED);
  });
});
