import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { processesOf, untilNoneLeft } from "../support/processes.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jit_cache: cold }
`;

/** The run that is in flight takes 1 s more when the call has been reached. */
const SLOW = "fault = call=cuMemAlloc_v2 scope=host slow_seconds=100";
const HANGING = "fault = call=cuMemAlloc_v2 scope=host hang=true";

async function startInRun(emulator: EmulatorDirectory): Promise<RunningDaemon> {
  const daemon = await startDaemon({ config: CONFIG, emulator });
  await until("a run in flight", () => emulator.faultedCalls() > 0);
  return daemon;
}

describe.each(["SIGTERM", "SIGINT"] as const)("%s during a run", (signal) => {
  test("ends the run and then the daemon, with exit code 0, and leaves nothing", async () => {
    await using emulator = await makeEmulator([SLOW]);
    await using daemon = await startInRun(emulator);
    expect(await readdir(daemon.storageDirectory)).toContainEqual(
      expect.stringMatching(/^cold-cache-/),
    );
    daemon.signal(signal);
    expect(await daemon.ended).toBe(0);
    expect(processesOf(daemon.storageDirectory)).toEqual([]);
    const kept = await readdir(daemon.storageDirectory);
    expect(kept.toSorted()).toEqual([
      "budget-begun.json",
      "budget.json",
      "home",
      "lane.lock",
      "no-mps",
    ]);
    expect(await readdir(daemon.temporaryDirectory)).toEqual([]);
    expect(daemon.log.join("\n")).toContain(`msg=stopping signal=${signal}`);
    expect(daemon.log.filter((line) => line.includes("run failed"))).toEqual([]);
  });
});

test("a second signal ends the daemon at once, and what it ran ends too", async () => {
  await using emulator = await makeEmulator([SLOW]);
  await using daemon = await startInRun(emulator);
  daemon.signal("SIGTERM");
  await daemon.logged(["msg=stopping"]);
  const runs = processesOf(daemon.storageDirectory).length;
  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(1);
  expect(runs).toBeGreaterThan(0);
  await untilNoneLeft(daemon.storageDirectory);
});

test("a signal while the devices are being listed ends the daemon, too", async () => {
  await using emulator = await makeEmulator([
    "fault = call=nvmlInit_v2 scope=host slow_seconds=100",
  ]);
  await using daemon = await startDaemon({ config: CONFIG, emulator });
  await until("the listing", () => emulator.faultedCalls() > 0);
  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(0);
  expect(processesOf(daemon.storageDirectory)).toEqual([]);
  expect(daemon.log.filter((line) => line.includes("no driver answers"))).toEqual([]);
});

test("a second signal does not wait for a run that hangs", async () => {
  await using emulator = await makeEmulator([HANGING]);
  await using daemon = await startInRun(emulator);
  daemon.signal("SIGINT");
  await daemon.logged(["msg=stopping"]);
  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(1);
  // Its run is left to its launcher, which has patience of its own.
  expect(processesOf(daemon.storageDirectory).length).toBeGreaterThan(0);
});
