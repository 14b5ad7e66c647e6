import { expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";

const PROBES = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
  - { name: memory, kind: process_memory, schedule: "* * * * * *" }
driver: { refresh: 200ms }
`;

async function start(config: string, emulator: EmulatorDirectory): Promise<RunningDaemon> {
  return startDaemon({ config: `${PROBES}${config}`, emulator });
}

async function skips(daemon: RunningDaemon, labels: Readonly<Record<string, string>>) {
  return value(await daemon.scrape(), "cudaprobe_run_skips_total", labels);
}

/** Sends SIGHUP and waits until the daemon has it; the line of the log from which the new config holds. */
async function reload(daemon: RunningDaemon, config: string): Promise<number> {
  await daemon.configure(`${PROBES}${config}`);
  const from = daemon.log.length;
  daemon.signal("SIGHUP");
  return daemon.logged(["config reloaded"], from);
}

test.each([
  ["recovery_action = 1", "reset_required"],
  ["row_remapping = failed", "ecc"],
  ["page_retirement = pending", "ecc"],
  ["mig_mode_pending = enabled", "mig_change"],
  ["compute_mode = exclusive_process", "compute_mode"],
])("a GPU with %s is left alone (%s) until it is well again", async (line, reason) => {
  await using emulator = await makeEmulator();
  await using daemon = await start("", emulator);
  await daemon.logged(["run succeeded", "probe=start"]);
  expect(await skips(daemon, { probe: "start", reason })).toBe(0);
  await emulator.configure([line]);
  const closed = await daemon.logged(["run left out", "probe=start", `reason=${reason}`]);
  expect(await skips(daemon, { probe: "start", reason })).toBeGreaterThan(0);
  await daemon.logged(["run succeeded", "probe=memory"], closed);
  await emulator.configure([]);
  await daemon.logged(["run succeeded", "probe=start"], daemon.log.length);
});

test("a host without the memory that is asked for has no run on a GPU, and is still looked at", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await start("gates: { min_free_host_memory: 1024GiB }\n", emulator);
  const closed = await daemon.logged(["run left out", "probe=start", "reason=host_load"]);
  expect(daemon.log[closed]).toContain("floor 1 TiB");
  await daemon.logged(["run succeeded", "probe=memory"]);
  expect(await skips(daemon, { probe: "start", reason: "host_load" })).toBeGreaterThan(0);
  const opened = await reload(daemon, "gates: { min_free_host_memory: 0B, max_host_load: 1000 }\n");
  await daemon.logged(["run succeeded", "probe=start"], opened);
});

test("in quiet hours that were on before the start no run is made, until they are over", async () => {
  const quiet = 'gates: { quiet_hours: [{ schedule: "* * * * *", duration: 1d }] }\n';
  await using emulator = await makeEmulator();
  await using daemon = await start(quiet, emulator);
  for (const probe of ["start", "memory"]) {
    await daemon.logged(["run left out", `probe=${probe}`, "reason=quiet_hours"]);
    expect(await skips(daemon, { probe, reason: "quiet_hours" })).toBeGreaterThan(0);
  }
  expect(daemon.log.filter((line) => line.includes("run succeeded"))).toEqual([]);
  const opened = await reload(daemon, "");
  for (const probe of ["start", "memory"]) {
    await daemon.logged(["run succeeded", `probe=${probe}`], opened);
  }
  await reload(daemon, quiet);
  await daemon.logged(["run left out", "probe=start", "reason=quiet_hours"], opened);
});

test("a link without some of its lanes is a warning that goes when they are back, and no skip", async () => {
  const probe = `{ name: passing, kind: function_ipc, schedule: "* * * * * *", sizes: [4KiB], samples: 5 }`;
  await using emulator = await makeEmulator(["pcie_width = 8"]);
  await using daemon = await startDaemon({ config: `probes: [${probe}]\n`, emulator });
  const downtrained = async (): Promise<number | undefined> =>
    value(await daemon.scrape(), "cudaprobe_host_link_downtrained", { gpu: "0", probe: "passing" });
  const warned = await daemon.logged(["level=warn", "the PCIe link is down-trained"]);
  expect(daemon.log[warned]).toContain('pcie_link="generation 5 x8 of generation 5 x16"');
  await daemon.logged(["run succeeded", "probe=passing"]);
  expect(await downtrained()).toBe(1);
  await emulator.configure([]);
  const from = daemon.log.length;
  await daemon.logged(["run succeeded"], from);
  await daemon.logged(["run succeeded"], (await daemon.logged(["run succeeded"], from)) + 1);
  expect(await downtrained()).toBe(0);
});
