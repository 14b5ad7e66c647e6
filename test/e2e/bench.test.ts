import { resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { runCudaprobe } from "../support/daemon.ts";

const root = resolve(import.meta.dirname, "../..");
const native = process.env["CUDAPROBE_NATIVE_BUILD"] ?? "";
let emulator: EmulatorDirectory;
let gpu = "";

beforeAll(async () => {
  emulator = await makeEmulator();
  const { out } = await runCudaprobe(["devices"], { emulator });
  gpu = /GPU-[0-9a-f-]+/.exec(out)?.[0] ?? "";
});

afterAll(async () => {
  await emulator[Symbol.asyncDispose]();
});

async function bench(script: string, ...flags: readonly string[]): Promise<unknown> {
  return JSON.parse(await run("node", `native/bench/${script}`, `--native=${native}`, ...flags));
}

/** What a program prints, a line of JSON a figure. */
async function reference(program: string): Promise<readonly unknown[]> {
  const file = resolve(native, "bench", program);
  const lines = await run(file, `--device=${gpu}`, "--bytes=1048576");
  return lines.split("\n").map((line): unknown => JSON.parse(line));
}

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const env = {
    CUDAPROBE_EMULATOR: emulator.path,
    LD_LIBRARY_PATH: resolve(native, "emulator"),
    PYTHONPATH: resolve(root, "test/fixtures/bench"),
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const { stdout } = await execa({ cwd: root, env })(file, args);
  return stdout;
}

describe("the benchmarks on the emulator", () => {
  it("compare cold_start with the calls alone, pair by pair", async () => {
    const pair = {
      reference: { seconds: expect.any(Number) },
      cold_start: { seconds: expect.any(Number) },
    };
    expect(await bench("fidelity.js", `--gpu=${gpu}`, "--pairs=2")).toMatchObject({
      ratioOfMedians: expect.any(Number),
      unattributedRatio: { median: expect.any(Number) },
      pairs: [pair, pair],
    });
  });

  it("tell what the link to the host can do, and what memory of another process costs", async () => {
    const bytes = 1048576;
    const rate = expect.any(Number);
    expect(await reference("copies")).toMatchObject([
      { copies: "device_to_host", bytes, median_bytes_per_second: rate },
      { copies: "host_to_device", bytes, median_bytes_per_second: rate },
      { copies: "both_directions", bytes, device_to_host_bytes_per_second: rate },
    ]);
    expect(await reference("imported_copies")).toMatchObject([
      { copies: "on_device", bytes, imported_bytes_per_second: rate, ratio: rate },
    ]);
  });

  it("compare passing data on with what the link can do", async () => {
    const sizes = ["--large=8388608", "--rounds=1", "--samples=5"];
    expect(await bench("transfers.js", `--gpu=${gpu}`, ...sizes)).toMatchObject({
      ratios: { function_ipc_to_slower_of_both: expect.any(Number) },
      medians: { function_ipc_4096: expect.any(Number), cuda_ipc_reuse: expect.any(Number) },
      rounds: [{ device_to_host_leg: expect.any(Number) }],
    });
  });

  it("measure each phase for each pause, with and without a listing", async () => {
    const phases = expect.arrayContaining([expect.objectContaining({ phase: "init" })]);
    expect(await bench("idle-gap.js", `--gpu=${gpu}`, "--starts=1", "--gaps=0")).toMatchObject([
      { gapSeconds: 0, listing: false, phases },
      { gapSeconds: 0, listing: true, phases },
    ]);
  });

  it("tell how much slower somebody's work is while the daemon runs", async () => {
    const log = resolve(emulator.path, "perturbation.log");
    const flags = ["--work=memory", "--rounds=1", "--seconds=0.5", "--settle=3", `--log=${log}`];
    const serve = ["serve", "--driver=emulator", "--web.listen-address=127.0.0.1:0"];
    const storage = `--storage.path=${emulator.path}/state`;
    const daemon = ["node", resolve(root, "dist/main.js"), ...serve, storage];
    const window = { iterations: expect.any(Number), "0.5": expect.any(Number) };
    expect(
      JSON.parse(await run("python3", "native/bench/perturbation.py", ...flags, "--", ...daemon)),
    ).toMatchObject({
      gpu: "stand-in",
      ratios: { "0.5": expect.any(Number), "0.99": expect.any(Number) },
      windows: expect.arrayContaining([
        { daemon: false, runs: {}, seconds: expect.objectContaining(window) },
        {
          daemon: true,
          runs: expect.objectContaining({ "cold_start run": expect.any(Number) }),
          seconds: expect.objectContaining(window),
        },
      ]),
    });
  });

  it("tell what a list of processes costs the probe and the daemon", async () => {
    const flags = ["--iterations=2", "--processes=30", "--gpus=2"];
    const seconds = { median: expect.any(Number) };
    expect(await bench("process-memory.js", ...flags)).toMatchObject({
      listed: 30,
      probeCpuSeconds: seconds,
      probeWallSeconds: seconds,
      daemonSeconds: seconds,
      daemonParts: { fold: seconds, owners: seconds, record: seconds, render: seconds },
    });
  });
});
