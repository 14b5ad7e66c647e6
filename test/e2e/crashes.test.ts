import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { pidsOf, processesOf, untilNoneLeft, untilRuns } from "../support/processes.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s, jit_cache: cold }
`;

/** The run that is in flight takes 1 s more when the call has been reached. */
const SLOW = "fault = call=cuMemAlloc_v2 scope=host nth=1 slow_seconds=100";

async function startInRun(emulator: EmulatorDirectory): Promise<RunningDaemon> {
  const daemon = await startDaemon({ config: CONFIG, emulator });
  await until("a run in flight", () => emulator.faultedCalls() > 0);
  return daemon;
}

/** When a line of the log was written, in seconds since 1970. */
function stamp(line: string | undefined): number {
  return Date.parse(/^ts=(\S+)/.exec(line ?? "")?.[1] ?? "") / 1000;
}

describe("a probe that dies of SIGSEGV in cuInit", () => {
  test("is seen as crashed in init, is run again in time, and is forgotten when it succeeds", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    await daemon.logged(["run succeeded"]);
    expect(samples(await daemon.scrape(), "cudaprobe_cold_start_last_duration")).not.toEqual([]);

    await emulator.configure(["fault = call=cuInit signal=11"]);
    const first = await daemon.logged(["run failed", "outcome=crashed", "phase=init"]);
    const bad = await daemon.scrape();
    const labels = { probe: "start", reason: "crashed" };
    expect(value(bad, "cudaprobe_run_failures_total", labels)).toBeGreaterThan(0);
    expect(value(bad, "cudaprobe_run_last_failure_info", { ...labels, phase: "init" })).toBe(1);
    expect(value(bad, "cudaprobe_run_success", { probe: "start" })).toBe(0);
    expect(value(bad, "cudaprobe_up")).toBe(1);
    expect(samples(bad, "cudaprobe_cold_start_last_duration")).toEqual([]);
    expect(samples(bad, "cudaprobe_cold_start_phase_last_duration")).toEqual([]);
    expect(samples(bad, "cudaprobe_cold_start_unattributed_seconds{")).toEqual([]);

    // The next a second later, or sooner after the run soon after the start, which is beside the schedule; then two seconds later.
    let last = first;
    for (let more = 0; more < 2; more += 1) last = await daemon.logged(["run failed"], last + 1);
    const seconds = stamp(daemon.log[last]) - stamp(daemon.log[first]);
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(6);

    await emulator.configure([]);
    await daemon.logged(["run succeeded"], last);
    const good = await daemon.scrape();
    expect(samples(good, "cudaprobe_run_last_failure_info")).toEqual([]);
    expect(value(good, "cudaprobe_run_success", { probe: "start" })).toBe(1);
    expect(value(good, "cudaprobe_run_failures_total", labels)).toBeGreaterThanOrEqual(3);
    expect(samples(good, "cudaprobe_cold_start_last_duration")).not.toEqual([]);
  });
});

test("a daemon that is killed during a run takes its launcher and its probe with it", async () => {
  await using emulator = await makeEmulator([SLOW]);
  await using daemon = await startInRun(emulator);
  const programs = processesOf(daemon.storageDirectory).map(({ program }) => program);
  expect(programs.toSorted()).toEqual(["cold_start", "launcher", "node"]);
  daemon.signal("SIGKILL");
  expect(await daemon.ended).toBeUndefined();
  await untilNoneLeft(daemon.storageDirectory);
});

test("what a killed daemon left of its run is removed by the next one", async () => {
  await using emulator = await makeEmulator([SLOW]);
  await using daemon = await startInRun(emulator);
  daemon.signal("SIGKILL");
  await daemon.ended;
  const { storageDirectory } = daemon;
  expect(await coldCaches(storageDirectory)).toHaveLength(1);
  await using next = await startDaemon({ config: "probes: []\n", emulator, storageDirectory });
  expect(await coldCaches(next.storageDirectory)).toEqual([]);
});

async function coldCaches(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith("cold-cache-"));
}

test("a launcher that is killed is a crash, ends its probe, and hinders no later run", async () => {
  await using emulator = await makeEmulator([SLOW]);
  await using daemon = await startInRun(emulator);
  const probe = await untilRuns(daemon.storageDirectory, "cold_start");
  process.kill(await untilRuns(daemon.storageDirectory, "launcher"), "SIGKILL");
  const line = await daemon.logged(["run failed", "outcome=crashed", "reason=launcher_lost"]);
  expect(daemon.log[line]).toContain("phase=allocate");
  expect(pidsOf(daemon.storageDirectory, "cold_start")).not.toContain(probe);
  const labels = { probe: "start", reason: "launcher_lost" };
  const text = await daemon.scrape();
  expect(value(text, "cudaprobe_run_failures_total", labels)).toBe(1);
  await daemon.logged(["run succeeded"], line);
});
