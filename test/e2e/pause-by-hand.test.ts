import { rm, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";
import { SLOW } from "./asked-runs.ts";
import { writeFiles } from "./pause-files.ts";

describe("a pause file and who makes runs by hand", () => {
  test.each([
    ["run", "cold_start"],
    ["run", "process_memory"],
    ["baseline", "set"],
  ])("keeps cudaprobe %s %s from even a look at the driver", async (...command) => {
    await using emulator = await makeEmulator();
    await using directory = await makeTemporaryDirectory();
    const [file = "", configFile = ""] = await writeFiles(directory.path);
    const args = [...command, "--iterations=2", `--config.file=${configFile}`];
    const { exitCode, out, error } = await runCudaprobe(args, { emulator });
    expect([exitCode, out]).toEqual([1, ""]);
    expect(error).toBe(
      `cudaprobe: paused: ${file} is there, so nothing is started (${configFile})`,
    );
    expect(emulator.isLoaded()).toBe(false);
    await rm(file);
    expect((await runCudaprobe(args, { emulator })).exitCode).toBe(0);
  });

  test("has a series left out from when it is there", async () => {
    const args = ["run", "cold_start", "--iterations=3", "--format=json", "--jit-cache=cold"];
    const { file, exitCode, out } = await pauseInSeries(args);
    expect(exitCode).toBe(0);
    const skipped = { outcome: "skipped", reason: "paused", message: `${file} is there` };
    expect(JSON.parse(out)).toMatchObject({
      iterations: [{ outcome: "success" }, skipped, skipped],
    });
  });

  test("has a baseline pinned of no series that it cut short", async () => {
    const { exitCode, error } = await pauseInSeries(["baseline", "set", "--iterations=3"]);
    expect(error).toContain("a pause began before it was measured");
    expect(exitCode).toBe(1);
  });
});

/** Makes runs by hand, and the file while the first of them is in flight. */
async function pauseInSeries(
  args: readonly string[],
): Promise<{ file: string; exitCode: number | undefined; out: string; error: string }> {
  await using emulator = await makeEmulator([SLOW]);
  await using directory = await makeTemporaryDirectory();
  const [file = "", configFile = ""] = await writeFiles(directory.path);
  await rm(file);
  const running = runCudaprobe([...args, `--config.file=${configFile}`], { emulator });
  await until("a run in flight", () => emulator.faultedCalls() > 0);
  await writeFile(file, "");
  return { file, ...(await running) };
}
