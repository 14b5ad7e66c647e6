import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { holdLane } from "../support/hold-lane.ts";
import { pidsOf } from "../support/processes.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s }
`;

test("two daemons with one storage path take turns", async () => {
  await using directory = await makeTemporaryDirectory();
  const storageDirectory = join(directory.path, "state");
  // Each run takes 0.3 s, so that two that are due in the same second would meet.
  await using emulator = await makeEmulator(["fault = call=cuInit slow_seconds=30"]);
  const setting = { config: CONFIG, emulator, storageDirectory };
  await using one = await startDaemon(setting);
  await using other = await startDaemon(setting);
  const waited = async (): Promise<number> => {
    const texts = [await one.scrape(), await other.scrape()];
    return Math.max(...texts.map((text) => value(text, "cudaprobe_lane_wait_seconds_sum") ?? 0));
  };
  let most = 0;
  await until("three runs of each", () => {
    most = Math.max(most, pidsOf(storageDirectory, "cold_start").length);
    return hasSucceeded(one.log) && hasSucceeded(other.log);
  });
  expect(most).toBe(1);
  expect(await waited()).toBeGreaterThan(0.1);
  const failed = [...one.log, ...other.log].filter((line) => line.includes("run failed"));
  expect(failed).toEqual([]);
});

/** Three times. */
function hasSucceeded(log: readonly string[]): boolean {
  return log.filter((line) => line.includes("run succeeded")).length >= 3;
}

describe("a lane that somebody else holds for longer than a run may wait", () => {
  const config = `${CONFIG}limits: { lane_wait: 1s }\n`;

  test("is a skip, and no fault of the driver's", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config, emulator });
    await daemon.logged(["run succeeded"]);
    await using lane = await holdLane(join(daemon.storageDirectory, "lane.lock"));
    const line = await daemon.logged(["run left out", "reason=lane_busy", "another process"]);
    const text = await daemon.scrape();
    const labels = { probe: "start", reason: "lane_busy" };
    expect(value(text, "cudaprobe_run_skips_total", labels)).toBeGreaterThan(0);
    expect(value(text, "cudaprobe_run_success", { probe: "start" })).toBe(1);
    expect(value(text, "cudaprobe_up")).toBe(1);
    await lane.giveBack();
    await daemon.logged(["run succeeded"], line);
  });

  test("is no fault of the driver at the start either, when nothing is known of it", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    await using lane = await holdLane(join(directory.path, "lane.lock"));
    const setting = { emulator, storageDirectory: directory.path };
    const quick = `${config}driver: { refresh: 200ms }\n`;
    await using daemon = await startDaemon({ ...setting, config: quick });
    await until("the end of the first listing", async () => {
      const { status } = await daemon.get("/-/ready");
      return status === 200;
    });
    expect(samples(await daemon.scrape(), "cudaprobe_up")).toEqual([]);
    expect(daemon.log.filter((line) => line.includes("no driver answers"))).toEqual([]);
    await lane.giveBack();
    await daemon.logged(["run succeeded"]);
  });
});
