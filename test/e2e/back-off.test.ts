import { expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s }
  - { name: other, kind: process_memory, schedule: "* * * * * *", jitter: 0s }
driver: { refresh: 200ms }
`;
const BROKEN = ["fault = call=cuDevicePrimaryCtxRetain code=999"];
const RETRY = "cudaprobe_run_retry_timestamp_seconds";

test("a target that fails waits longer and longer, others go on, and a success ends it", async () => {
  await using emulator = await makeEmulator(BROKEN);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  let from = 0;
  for (let failures = 0; failures < 4; failures += 1) {
    from = (await daemon.logged(["run failed", "probe=start"], from)) + 1;
  }
  const failing = await daemon.scrape();
  const retryAtSeconds = value(failing, RETRY, { probe: "start" }) ?? 0;
  const lastAtSeconds = value(failing, "cudaprobe_run_last_timestamp_seconds", { probe: "start" });
  // Eight seconds after it was due, of which the run took some.
  expect(retryAtSeconds).toBeGreaterThan(lastAtSeconds ?? Number.POSITIVE_INFINITY);
  expect(value(failing, RETRY, { probe: "other" })).toBeUndefined();
  await daemon.logged(["run succeeded", "probe=other"], from);
  await emulator.configure([]);
  await daemon.logged(["run succeeded", "probe=start"], from);
  expect(samples(await daemon.scrape(), RETRY)).toEqual([]);
});

test("a reload that changes a target that waits has it run by its schedule again", async () => {
  await using emulator = await makeEmulator(BROKEN);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  let from = 0;
  for (let failures = 0; failures < 4; failures += 1) {
    from = (await daemon.logged(["run failed", "probe=start"], from)) + 1;
  }
  expect(samples(await daemon.scrape(), RETRY)).toHaveLength(1);
  await daemon.configure(CONFIG.replace("jitter: 0s }", "jitter: 0s, timeout: 20s }"));
  daemon.signal("SIGHUP");
  from = await daemon.logged(["config reloaded"], from);
  expect(samples(await daemon.scrape(), RETRY)).toEqual([]);
});
