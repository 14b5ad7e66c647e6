import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { checkMetrics } from "../support/promtool.ts";
import { ONCE } from "./first-run.ts";

const CONFIG = `probes:
  - { name: function, kind: function_ipc, schedule: "${ONCE}", sizes: [4KiB, 1MiB] }
  - { name: handle, kind: cuda_ipc, schedule: "${ONCE}", sizes: [4KiB, 1MiB], mechanism: vmm_fd }
`;

describe("a daemon that measures how data is passed on", () => {
  let emulator: EmulatorDirectory;
  let daemon: RunningDaemon;
  let after = "";

  beforeAll(async () => {
    emulator = await makeEmulator();
    daemon = await startDaemon({ config: CONFIG, emulator });
    for (const probe of ["function", "handle"]) {
      await daemon.logged(["run succeeded", `probe=${probe}`, "gpu=0"]);
    }
    after = await daemon.scrape();
  });

  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    await emulator[Symbol.asyncDispose]();
  });

  const uses = [
    { probe: "function", use: "stream", mechanism: "shm", memory: "pinned" },
    { probe: "handle", use: "first", mechanism: "vmm_fd", memory: "" },
    { probe: "handle", use: "reuse", mechanism: "vmm_fd", memory: "" },
  ];
  test.each(uses)("has five samples of each size: $probe, $use", (labels) => {
    const family = "cudaprobe_ipc_transfer_duration_seconds";
    for (const size_bytes of ["4096", "1048576"]) {
      const own = { ...labels, size_bytes };
      expect(value(after, `${family}_count`, own)).toBe(5);
      expect(value(after, `${family}_sum`, own)).toBeGreaterThan(0);
    }
  });

  test.each(uses)("has no series of a size that was not asked for: $probe, $use", (labels) => {
    const family = "cudaprobe_ipc_transfer_duration_seconds_count";
    expect(value(after, family, { ...labels, size_bytes: "65536" })).toBeUndefined();
  });

  test.each(["function", "handle"])("has counted all bytes that %s passed on", (probe) => {
    const family = "cudaprobe_run_transferred_bytes_total";
    // Five samples of each size at the least.
    expect(value(after, family, { probe })).toBeGreaterThan(5 * (2 ** 20 + 2 ** 12));
  });

  test("has the rate of the link to the host in both directions, of who uses it and of no other", () => {
    const family = "cudaprobe_host_link_bytes_per_second";
    for (const direction of ["device_to_host", "host_to_device"]) {
      expect(value(after, family, { probe: "function", direction })).toBeGreaterThan(0);
    }
    expect(samples(after, `${family}{`)).toHaveLength(2);
  });

  test("has nothing that promtool complains of", () => {
    expect(checkMetrics(after)).toEqual({ code: 0, output: "" });
  });
});
