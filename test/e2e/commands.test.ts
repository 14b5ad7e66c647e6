import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const NO_DRIVER = "fault = call=nvmlInit_v2 code=9";

describe("cudaprobe devices", () => {
  test("lists each GPU, and says that it is emulated", async () => {
    await using emulator = await makeEmulator(["gpus = 2", TENANT]);
    const { exitCode, out, error } = await runCudaprobe(["devices"], { emulator });
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    const [driver, header = "", ...gpus] = out.split("\n");
    expect(driver).toMatch(/^EMULATED driver 580\.159\.04, CUDA 13\.0, \/.*libcuda\.so\.1$/);
    expect(header.split(/ {2,}/)).toEqual([
      ..."gpu name uuid".split(" "),
      "compute mode",
      ..."persistence MIG memory free processes".split(" "),
    ]);
    const [first = "", second = ""] = await gpuUuids();
    expect(gpus).toEqual([
      expect.stringMatching(new RegExp(`^0 +EMULATED .* ${first} .* 79.6 GiB .* 1$`)),
      expect.stringMatching(new RegExp(`^1 +EMULATED .* ${second} .* 79.6 GiB .* 0$`)),
    ]);
  });

  test("is exit code 1 without a driver, and says why", async () => {
    await using emulator = await makeEmulator([NO_DRIVER]);
    const { exitCode, out } = await runCudaprobe(["devices"], { emulator });
    expect(exitCode).toBe(1);
    expect(out).toContain("the driver does not work: no_driver (NVML_ERROR_DRIVER_NOT_LOADED)");
  });

  test("tells of a GPU that does not answer beside those that do", async () => {
    await using emulator = await makeEmulator(["gpus = 2", "lost = 0"]);
    const { exitCode, out } = await runCudaprobe(["devices"], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^1 +EMULATED/m);
    expect(out).toContain("GPU 0 does not answer: gpu_lost (NVML_ERROR_GPU_IS_LOST)\n".trim());
  });
});

const TENANT = "tenant = gpu=0 pid=1 type=compute bytes=4294967296 name=trainer";

describe("cudaprobe check", () => {
  test("says what would run, with exit code 0", async () => {
    await using emulator = await makeEmulator();
    const { exitCode, out, error } = await runCudaprobe(["check"], { emulator });
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(out).toMatch(/^\/.*config\/cudaprobe\.yml is valid: 5 probes$/m);
    expect(out).toMatch(/^cold_start +cold_start +0 +60 s +would run$/m);
    expect(out).toMatch(/^process_memory +process_memory +15 s +would run$/m);
    expect(out).toMatch(/^footprint +footprint +0 +600 s +would run$/m);
    expect(out).toMatch(/^function_ipc +function_ipc +0 +600 s +would run$/m);
    expect(out).toMatch(/^cuda_ipc +cuda_ipc +0 +600 s +would run$/m);
    expect(out).toMatch(/^runs are expected to take 2\.2 % of the time/m);
  });

  test("says what would be left out and why, which is no fault", async () => {
    await using emulator = await makeEmulator(["compute_mode = exclusive_process"]);
    const { exitCode, out } = await runCudaprobe(["check"], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/would be left out: compute_mode: the compute mode is exclusive_process$/m);
  });

  test("shows each gate with its value, its limit and what it holds back", async () => {
    await using emulator = await makeEmulator([
      "gpus = 2",
      "pcie_width = 8",
      "recovery_action = 2",
    ]);
    const { exitCode, out } = await runCudaprobe(["check"], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^gate +gpu +now +limit +holds back$/m);
    expect(out).toMatch(/^quiet hours +none +none +no$/m);
    expect(out).toMatch(
      /^memory of the (host|control group) +[\d.]+ \w+ +256 MiB available +\w+$/m,
    );
    expect(out).toMatch(/^load of the host +[\d.]+ +32 for each CPU +\w+/m);
    for (const gpu of ["0", "1"]) {
      expect(out).toMatch(new RegExp(`^recovery +${gpu} +node reboot +none +all$`, "m"));
      expect(out).toMatch(new RegExp(`^memory repair +${gpu} +none +none +no$`, "m"));
      expect(out).toMatch(
        new RegExp(
          `^PCIe link +${gpu} +generation 5 x8 +generation 5 x16 +no, but down-trained`,
          "m",
        ),
      );
    }
  });

  test("says that quiet hours leave everything out, which is no fault", async () => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "cudaprobe.yml");
    const window = '{ schedule: "* * * * *", duration: 1h }';
    const probe = '{ name: start, kind: cold_start, schedule: "* * * * *" }';
    await writeFile(file, `probes: [${probe}]\ngates: { quiet_hours: [${window}] }\n`);
    const { exitCode, out } = await runCudaprobe(["check", `--config.file=${file}`], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/would be left out: quiet_hours: "\* \* \* \* \*" for 1h$/m);
    expect(out).toMatch(/^quiet hours +"\* \* \* \* \*" +"\* \* \* \* \*" for 1h +all$/m);
  });

  test("warns of schedules that keep the lane busy", async () => {
    await using emulator = await makeEmulator(["gpus = 2"]);
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "cudaprobe.yml");
    const probe = '{ name: start, kind: cold_start, schedule: "* * * * * *" }';
    await writeFile(file, `probes: [${probe}]\n`);
    const { exitCode, out } = await runCudaprobe(["check", `--config.file=${file}`], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^warning: runs are expected to take 100 % of the time/m);
  });

  test("is exit code 1 without a driver", async () => {
    await using emulator = await makeEmulator([NO_DRIVER]);
    const { exitCode, out } = await runCudaprobe(["check"], { emulator });
    expect(exitCode).toBe(1);
    expect(out).toContain("is valid");
    expect(out).toContain("the driver does not work: no_driver");
  });
});

describe("cudaprobe", () => {
  test("tells its version", async () => {
    const manifest = readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8");
    const { exitCode, out } = await runCudaprobe(["--version"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(manifest)).toMatchObject({ version: out });
  });

  test.each([
    [["--help"], ["serve", "run", "devices", "check", "baseline"]],
    [
      ["serve", "--help"],
      ["--web.listen-address", "--config.file", "--storage.path", "--driver"],
    ],
    [
      ["devices", "--help"],
      ["--driver", "--storage.path"],
    ],
    [
      ["check", "--help"],
      ["--driver", "--config.file"],
    ],
    [
      ["baseline", "--help"],
      ["show", "set", "clear"],
    ],
    [
      ["baseline", "set", "--help"],
      ["--probe", "--gpu", "--iterations", "--seconds", "--storage.path"],
    ],
    [
      ["run", "--help"],
      ["cold_start", "process_memory"],
    ],
    [
      ["run", "cold_start", "--help"],
      ["--iterations", "--format", "--gpu", "--jit-cache"],
    ],
    [
      ["run", "process_memory", "--help"],
      ["--iterations", "--pid", "--wake"],
    ],
  ])("explains itself with %j", async (args, words) => {
    const { exitCode, out, error } = await runCudaprobe(args);
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    for (const word of words) expect(out).toContain(word);
  });

  test.each([
    [["nonsense"], "nonsense"],
    [["serve", "--nonsense"], "--nonsense"],
    [["devices", "--driver=amd"], "nvidia, emulator, auto"],
    [["serve", "--log.level=loud"], "debug, info, warn, error"],
  ])("refuses %j with exit code 2", async (args, word) => {
    const { exitCode, out, error } = await runCudaprobe(args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(error).toContain(word);
  });
});
