import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
driver: { refresh: 200ms }
`;

interface Fault {
  readonly what: string;
  readonly fault: string;
  readonly reason: string;
  readonly code: string;
  /** GPUs that are listed all the same. */
  readonly gpus: number;
}

const FAULTS: readonly Fault[] = [
  {
    what: "a libcuda that is a stub",
    fault: "call=cuDriverGetVersion code=34",
    reason: "stub_library",
    code: "CUDA_ERROR_STUB_LIBRARY",
    gpus: 1,
  },
  {
    what: "an NVML that does not fit the driver",
    fault: "call=nvmlInit_v2 code=18",
    reason: "driver_mismatch",
    code: "NVML_ERROR_LIB_RM_VERSION_MISMATCH",
    gpus: 0,
  },
  {
    what: "a driver that is not loaded",
    fault: "call=nvmlInit_v2 code=9",
    reason: "no_driver",
    code: "NVML_ERROR_DRIVER_NOT_LOADED",
    gpus: 0,
  },
  {
    what: "a CUDA without the devices of NVML",
    fault: "call=cuInit code=100",
    reason: existsSync("/proc/driver/nvidia/version") ? "no_device" : "no_driver",
    code: "CUDA_ERROR_NO_DEVICE",
    gpus: 1,
  },
];

/** The daemon says that it is down, why, and nothing of the driver that it does not know. */
async function expectDown(
  daemon: RunningDaemon,
  { reason, code }: Pick<Fault, "reason" | "code">,
): Promise<void> {
  await daemon.logged(["level=warn", "no driver answers", `reason=${reason}`]);
  const text = await daemon.scrape();
  expect(value(text, "cudaprobe_up")).toBe(0);
  expect(samples(text, "cudaprobe_driver_error{")).toEqual([
    `cudaprobe_driver_error{reason="${reason}",code="${code}"} 1`,
  ]);
  expect((await daemon.get("/-/healthy")).status).toBe(200);
  expect((await daemon.get("/-/ready")).status).toBe(200);
  const page = (await daemon.get("/")).text;
  expect(page).toContain(reason);
  expect(page).toContain(code);
}

describe("with a driver that does not work", () => {
  test.each(FAULTS)(
    "$what is reported at the start, and the daemon recovers by itself",
    async (bad) => {
      await using emulator = await makeEmulator([`fault = ${bad.fault}`]);
      await using daemon = await startDaemon({ config: CONFIG, emulator });
      await expectDown(daemon, bad);
      expect(samples(await daemon.scrape(), "cudaprobe_gpu_up{")).toHaveLength(bad.gpus);
      await emulator.configure([]);
      await daemon.logged(["run succeeded"]);
      const mended = await daemon.scrape();
      expect(value(mended, "cudaprobe_up")).toBe(1);
      expect(samples(mended, "cudaprobe_driver_error")).toEqual([]);
      expect(value(mended, "cudaprobe_run_success", { probe: "start" })).toBe(1);
    },
  );

  test("one that goes while the daemon runs is noticed, and so is its return", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    await daemon.logged(["run succeeded"]);
    await emulator.configure(["fault = call=nvmlInit_v2 code=18"]);
    const [, bad] = FAULTS;
    if (bad !== undefined) await expectDown(daemon, bad);
    const down = await daemon.scrape();
    expect(value(down, "cudaprobe_gpu_up", { gpu: "0" })).toBe(0);
    const from = await daemon.logged(["run left out", "reason=driver_mismatch"]);
    const skips = { probe: "start", reason: "driver_mismatch" };
    expect(value(await daemon.scrape(), "cudaprobe_run_skips_total", skips)).toBeGreaterThan(0);
    await emulator.configure([]);
    await daemon.logged(["run succeeded"], from);
    const text = await daemon.scrape();
    expect(value(text, "cudaprobe_up")).toBe(1);
    expect(value(text, "cudaprobe_gpu_up", { gpu: "0" })).toBe(1);
  });
});

test("a CUDA that cannot start is not mended by a list of processes, which goes on", async () => {
  await using emulator = await makeEmulator(["fault = call=cuInit code=803"]);
  const memory = '  - { name: memory, kind: process_memory, schedule: "* * * * * *" }\ndriver';
  await using daemon = await startDaemon({ config: CONFIG.replace("driver", memory), emulator });
  const from = await daemon.logged(["no driver answers", "reason=driver_mismatch"]);
  await daemon.logged(["run succeeded", "probe=memory"], from);
  const text = await daemon.scrape();
  expect(value(text, "cudaprobe_up")).toBe(0);
  expect(samples(text, "cudaprobe_gpu_memory_bytes{")).not.toEqual([]);
});

test("without the driver's libraries the daemon is down, and looks again", async () => {
  await using directory = await makeTemporaryDirectory();
  const libraries = join(directory.path, "libraries");
  const config = `probes: []
driver:
  refresh: 200ms
  libcuda: ${libraries}/libcuda.so.1
  libnvidia_ml: ${libraries}/libnvidia-ml.so.1
`;
  await using daemon = await startDaemon({ config });
  await expectDown(daemon, { reason: "no_library", code: "" });
  expect(samples(await daemon.scrape(), "cudaprobe_driver_info")).toEqual([]);
  // There is no NVIDIA driver to install here: these are libraries without one.
  await mkdir(libraries);
  for (const name of ["libcuda.so.1", "libnvidia-ml.so.1"]) {
    await symlink(nativeFile(`emulator/${name}`), join(libraries, name));
  }
  await expectDown(daemon, { reason: "no_driver", code: "NVML_ERROR_DRIVER_NOT_LOADED" });
});
