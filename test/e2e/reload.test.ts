import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { until } from "../support/until.ts";
import { ONCE } from "./first-run.ts";

const SUCCESSFUL = "cudaprobe_config_last_reload_successful";
const TIMESTAMP = "cudaprobe_config_last_reload_success_timestamp_seconds";
const COUNT = "cudaprobe_cold_start_duration_seconds_count";

/** A config of probes that run every second, or as they say. */
function probes(...entries: readonly (readonly [name: string, schedule?: string])[]): string {
  const lines = entries.map(
    ([name, schedule = "* * * * * *"]) =>
      `  - { name: ${name}, kind: cold_start, schedule: "${schedule}", jit_cache: cold }\n`,
  );
  return lines.length === 0 ? "probes: []\n" : `probes:\n${lines.join("")}`;
}

/** Sends SIGHUP and waits for what the log says of it. */
async function reload(daemon: RunningDaemon, config: string, said: string): Promise<string> {
  await daemon.configure(config);
  const from = daemon.log.length;
  daemon.signal("SIGHUP");
  return daemon.log[await daemon.logged([said], from)] ?? "";
}

describe("a reload of a changed file", () => {
  test("lets probes go and come, and keeps the histograms of those that stay", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes(["stays"], ["goes"]), emulator });
    await daemon.logged(["run succeeded", "probe=stays"]);
    await daemon.logged(["run succeeded", "probe=goes"]);
    const before = await daemon.scrape();
    await reload(daemon, probes(["stays"], ["comes"]), "config reloaded");
    const after = await daemon.scrape();
    const counted = value(before, COUNT, { probe: "stays" }) ?? 0;
    expect(counted).toBeGreaterThan(0);
    expect(value(after, COUNT, { probe: "stays" })).toBeGreaterThanOrEqual(counted);
    expect(samples(before, "").filter((line) => line.includes('probe="goes"'))).not.toEqual([]);
    expect(samples(after, "").filter((line) => line.includes('probe="goes"'))).toEqual([]);
    expect(value(after, "cudaprobe_probe_info", { probe: "comes" })).toBe(1);
    const from = await daemon.logged(["config reloaded"]);
    let line = from;
    for (const probe of ["comes", "stays", "comes", "stays"]) {
      line = await daemon.logged(["run succeeded", `probe=${probe}`], line);
    }
    // The run that was in flight is seen to its end.
    const late = daemon.log.slice(from).filter((said) => said.includes("probe=goes"));
    expect(late.length).toBeLessThanOrEqual(1);
  });

  test("swaps a probe's schedule", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: probes(["start", ONCE]), emulator });
    await daemon.logged(["run succeeded"]);
    await reload(daemon, probes(["start"]), "config reloaded");
    const from = await daemon.logged(["config reloaded"]);
    await daemon.logged(["run succeeded"], from);
    const interval = "cudaprobe_probe_interval_seconds";
    expect(value(await daemon.scrape(), interval, { probe: "start" })).toBe(1);
  });

  test("does not touch a run in flight", async () => {
    await using emulator = await makeEmulator([
      "fault = call=cuMemAlloc_v2 scope=host nth=1 slow_seconds=200",
    ]);
    await using daemon = await startDaemon({ config: probes(["start", ONCE]), emulator });
    await until("a run in flight", () => emulator.faultedCalls() > 0);
    await reload(daemon, probes(["start", "0 0 2 1 *"], ["other", ONCE]), "config reloaded");
    const ofRuns = daemon.log.filter((line) => line.includes("probe=start"));
    expect(ofRuns.filter((line) => !line.includes("turn begins"))).toEqual([]);
    await daemon.logged(["run succeeded", "probe=start"]);
    expect(value(await daemon.scrape(), COUNT, { probe: "start" })).toBe(1);
  });

  test("brings back no series of a probe that went while it ran", async () => {
    await using emulator = await makeEmulator([
      "fault = call=cuMemAlloc_v2 scope=host nth=1 slow_seconds=200",
    ]);
    await using daemon = await startDaemon({ config: probes(["goes", ONCE]), emulator });
    await until("a run in flight", () => emulator.faultedCalls() > 0);
    await reload(daemon, probes(["stays", ONCE]), "config reloaded");
    await daemon.logged(["run succeeded", "probe=goes"]);
    await daemon.logged(["run succeeded", "probe=stays"]);
    expect(await daemon.scrape()).not.toContain('probe="goes"');
  });
});

function ofProbes(text: string): readonly string[] {
  return samples(text, "cudaprobe_").filter((line) => line.includes("probe="));
}

test("a reload of the same text is a success that changes nothing", async () => {
  await using emulator = await makeEmulator();
  const config = probes(["start", ONCE]);
  await using daemon = await startDaemon({ config, emulator });
  await daemon.logged(["run succeeded"]);
  const before = await daemon.scrape();
  await reload(daemon, config, "config reloaded");
  const after = await daemon.scrape();
  expect(value(after, SUCCESSFUL)).toBe(1);
  expect(value(after, TIMESTAMP)).toBeGreaterThan(value(before, TIMESTAMP) ?? Infinity);
  expect(ofProbes(after)).toEqual(ofProbes(before));
});

test("a bad file is refused and logged with its lines, the old config stays, and a mended file is taken", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: probes(["start"]), emulator });
  await daemon.logged(["run succeeded"]);
  const good = await daemon.scrape();
  expect(value(good, SUCCESSFUL)).toBe(1);

  const refused = await reload(daemon, "probes:\n  - { name: start }\n", "not reloaded");
  expect(refused).toContain("level=error");
  expect(refused).toContain(`${daemon.configFile}:2:5: probes[0].kind`);
  const bad = await daemon.scrape();
  expect(value(bad, SUCCESSFUL)).toBe(0);
  expect(value(bad, TIMESTAMP)).toBe(value(good, TIMESTAMP));
  await daemon.logged(["run succeeded", "probe=start"], daemon.log.length);

  await reload(daemon, probes(["start"], ["other"]), "config reloaded");
  const mended = await daemon.scrape();
  expect(value(mended, SUCCESSFUL)).toBe(1);
  expect(value(mended, TIMESTAMP)).toBeGreaterThan(value(good, TIMESTAMP) ?? Infinity);
  expect(value(mended, COUNT, { probe: "other" })).toBeDefined();
});

test("a file that names a GPU which is not there is refused by a reload, too", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: probes(["start"]), emulator });
  await daemon.logged(["the driver answers"]);
  const config = `probes: [{ name: start, kind: cold_start, schedule: "${ONCE}", gpus: [9] }]\n`;
  expect(await reload(daemon, config, "not reloaded")).toContain("there is no GPU 9");
  expect(value(await daemon.scrape(), SUCCESSFUL)).toBe(0);
  await daemon.logged(["run succeeded", "probe=start"], daemon.log.length);
});

test("several quick signals come to what the file says last", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: probes(["p0"]), emulator });
  await daemon.logged(["the driver answers"]);
  for (let number = 1; number <= 9; number += 1) {
    await daemon.configure(probes([`p${number}`]));
    daemon.signal("SIGHUP");
  }
  await daemon.logged(["run succeeded", "probe=p9"]);
  const text = await daemon.scrape();
  expect(value(text, SUCCESSFUL)).toBe(1);
  expect(samples(text, "cudaprobe_probe_info")).toEqual([expect.stringContaining('probe="p9"')]);
  expect(daemon.log.filter((line) => line.includes("level=error"))).toEqual([]);
});
