import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { fleetCost, seriesLeft } from "../../scripts/bench/fleet/cost.js";
import { SETTINGS, UNUSED_BUCKETS } from "../../scripts/bench/fleet/settings.js";
import { parseConfig } from "../../src/config/parse-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";

const TEXT = `# HELP cudaprobe_lane_wait_seconds Time.
# TYPE cudaprobe_lane_wait_seconds histogram
cudaprobe_lane_wait_seconds_bucket{le="1",kind="a"} 1
cudaprobe_lane_wait_seconds_bucket{le="+Inf",kind="a"} 1
cudaprobe_lane_wait_seconds_sum{kind="a"} 0.5
cudaprobe_lane_wait_seconds_count{kind="a"} 1
cudaprobe_up 1
`;

describe("what is left of an exposition", () => {
  test("is all of it when nothing is dropped, and what has another name when something is", () => {
    expect(seriesLeft(TEXT)).toBe(5);
    expect(seriesLeft(TEXT, UNUSED_BUCKETS)).toBe(3);
  });

  test("has what a name is only a part of", () => {
    expect(seriesLeft(TEXT, "cudaprobe_lane_wait_seconds")).toBe(5);
  });
});

test("a fleet is to its Prometheus so many hosts, with five series more of each", () => {
  expect(fleetCost({ hosts: 10_000, seriesOfHost: 995, interval: 10, bytesPerSample: 2 })).toEqual({
    series: 1e7,
    samplesPerSecond: 1e6,
    bytesPerDay: 2 * 86_400e6,
  });
});

test.each(SETTINGS.map((setting) => [setting.what, setting] as const))(
  "the configuration of %s is without a mistake",
  async (_, { config }) => {
    const file = resolve(import.meta.dirname, "../../config/cudaprobe.yml");
    const text = config(await readFile(file, "utf8"));
    const parsed = parseConfig({ file, text, kinds: KINDS, validateSchedule });
    expect(parsed).toMatchObject({ ok: true });
  },
);

test("each setting is another one", () => {
  const settings = SETTINGS.map((setting) =>
    JSON.stringify({ ...setting, what: "", config: setting.config("# pid: true") }),
  );
  expect(new Set(settings).size).toBe(SETTINGS.length);
});
