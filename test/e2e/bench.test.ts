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
  const { stdout } = await execa({
    cwd: root,
    env: {
      CUDAPROBE_EMULATOR: emulator.path,
      LD_LIBRARY_PATH: resolve(native, "emulator"),
    },
  })("node", [`native/bench/${script}`, `--native=${native}`, ...flags]);
  return JSON.parse(stdout);
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

  it("measure each phase for each pause, with and without a listing", async () => {
    const phases = expect.arrayContaining([expect.objectContaining({ phase: "init" })]);
    expect(await bench("idle-gap.js", `--gpu=${gpu}`, "--starts=1", "--gaps=0")).toMatchObject([
      { gapSeconds: 0, listing: false, phases },
      { gapSeconds: 0, listing: true, phases },
    ]);
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
