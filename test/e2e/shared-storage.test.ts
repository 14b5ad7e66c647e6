import { join } from "node:path";
import { expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
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
