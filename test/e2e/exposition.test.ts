import { describe, expect, it } from "vitest";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { KINDS } from "../../src/probes/index.ts";
import { makeListing } from "../metrics/records.ts";
import { BUILD, live } from "../support/live.ts";
import { checkMetrics } from "../support/promtool.ts";
import { createClock } from "../support/still-clock.ts";

describe("the exposition", () => {
  it.each([0, 1, 16])("of %d GPUs is to promtool's liking", async (count) => {
    const clock = createClock();
    const metrics = createMetrics({ kinds: KINDS, build: BUILD, exporterMetrics: true }, { clock });
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
});
