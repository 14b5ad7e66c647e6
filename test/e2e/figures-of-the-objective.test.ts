import { describe, expect, it } from "vitest";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import { slothSpec } from "../../deploy/prometheus/source/sloth.ts";
import { checkSamples, panelQuery, starts, target, type Series } from "../support/promql-series.ts";

const IN_TIME = "Started within 1 s";
const AS_EXPECTED = { code: 0, output: expect.stringContaining("SUCCESS") };

describe("starts within the objective's time", () => {
  const torch: Series = [
    ...starts("torch", { runtime: "torch", concurrency: 1, made: 1, inTime: 0 }),
    failuresOf("torch", 5),
  ];
  const many: Series = [
    ...starts("many", { runtime: "driver", concurrency: 16, made: 16, inTime: 4 }),
    failuresOf("many", 5),
  ];
  const driver = starts("start", { runtime: "driver", concurrency: 1, made: 4, inTime: 3 });

  it("are those of the driver alone, whatever fails beside it", async () => {
    const given = [...driver, failuresOf("start", 0), ...torch, ...many];
    expect(
      await checkSamples(given, panelQuery("cold-start.json", IN_TIME), [
        { labels: "{}", value: 0.75 },
      ]),
    ).toEqual(AS_EXPECTED);
    expect(await checkSamples(given, slothErrors(), [{ labels: "{}", value: 0.25 }])).toEqual(
      AS_EXPECTED,
    );
  });

  it("are fewer where the driver's fail", async () => {
    const given = [...driver, failuresOf("start", 2), ...torch, ...many];
    expect(
      await checkSamples(given, panelQuery("cold-start.json", IN_TIME), [
        { labels: "{}", value: 0.5 },
      ]),
    ).toEqual(AS_EXPECTED);
    expect(await checkSamples(given, slothErrors(), [{ labels: "{}", value: 0.5 }])).toEqual(
      AS_EXPECTED,
    );
  });
});

function failuresOf(probe: string, each: number): readonly [string, number] {
  const labels = `${target(probe)}, kind="cold_start", reason="oom"`;
  return [`cudaprobe_run_failures_total{${labels}}`, each];
}

/** Sloth's two queries as the part that it makes of them, without the last digits of a float. */
function slothErrors(): string {
  const { slos }: Sloth = JSON.parse(JSON.stringify(slothSpec(SETTINGS)));
  const { error_query: errors = "", total_query: total = "" } = slos[0]?.sli.events ?? {};
  return `round((${errors}) / (${total}), 0.001)`.replaceAll("{{.window}}", "30m");
}

interface Sloth {
  readonly slos: readonly {
    readonly sli: {
      readonly events: { readonly error_query: string; readonly total_query: string };
    };
  }[];
}
