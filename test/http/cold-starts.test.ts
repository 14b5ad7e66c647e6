import { describe, expect, it } from "vitest";
import { viewPast } from "../../src/commands/past-view.ts";
import { createHistory } from "../../src/history/history.ts";
import { createSeries } from "../../src/history/series.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { makeRun, makeTarget, makeTimeout } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";
import { createTestLogger, EMPTY_STATUS, makeModules, serve } from "./modules.ts";

const clock = createClock();
const FIRST = makeTarget(0);
const SECOND = makeTarget(1, { options: { concurrency: 4 } });
const OTHER = makeTarget(0, { kind: footprint });

async function ask(query = "") {
  const series = createSeries({ clock });
  const history = createHistory({ limit: 50 });
  series.add(makeRun(FIRST, clock));
  clock.advance(60.5);
  series.add(makeRun(FIRST, clock));
  series.add(makeTimeout(FIRST, clock));
  const past = viewPast({ history, series, targets: () => [FIRST, SECOND, OTHER] });
  const { url, close } = await serve(makeModules(createTestLogger().logger, { past }));
  const response = await fetch(`${url}/api/cold-starts${query}`);
  const text = await response.text();
  await close();
  return { status: response.status, text };
}

describe("/api/cold-starts", () => {
  it("has a column of times and one of durations for each target of cold starts, and none of other kinds", async () => {
    const before = clock.wallSeconds();
    const { status, text } = await ask();
    expect(status).toBe(200);
    const answer: unknown = JSON.parse(text);
    expect(answer).toEqual({
      schema: "cudaprobe-cold-starts/1",
      at_seconds: EMPTY_STATUS.atSeconds,
      series: [
        {
          probe: "cold_start",
          runtime: "driver",
          concurrency: "1",
          gpu: 0,
          gpu_uuid: "GPU-00000000",
          mig_uuid: "",
          ended_at_seconds: [before, before + 60.5],
          time_to_first_result_seconds: [0.1665, 0.1665],
        },
        {
          probe: "cold_start",
          runtime: "driver",
          concurrency: "4",
          gpu: 1,
          gpu_uuid: "GPU-00000001",
          mig_uuid: "",
          ended_at_seconds: [],
          time_to_first_result_seconds: [],
        },
      ],
    });
  });

  it("refuses parameters, of which it has none", async () => {
    expect(await ask("?gpu=0")).toEqual({
      status: 400,
      text: "unknown parameter gpu: there are none\n",
    });
  });
});
