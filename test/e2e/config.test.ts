import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { runCudaprobe, startDaemon, type CommandEnd } from "../support/daemon.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

/** Gives a config to a command; `said` is what it said on standard error, with FILE for the file's name. */
async function give(
  command: "serve" | "check",
  config: string,
  emulator?: EmulatorDirectory,
): Promise<CommandEnd & { readonly said: readonly string[] }> {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "cudaprobe.yml");
  await writeFile(file, config);
  const address = command === "serve" ? ["--web.listen-address=127.0.0.1:0"] : [];
  const args = [command, `--config.file=${file}`, ...address];
  const end = await runCudaprobe(args, emulator === undefined ? {} : { emulator });
  return { ...end, said: end.error.split("\n").map((line) => line.replace(file, "FILE")) };
}

const BAD = `probes:
  - name: one
    kind: cold_start
    schedule: "* * * * *"
    timout: 10s
  - name: one
    kind: cold_start
    schedule: "0 0 30 2 *"
    timeout: 10
gates:
  min_free_memory: 1GiBB
`;

const GOOD = `probes:
  - name: one
    kind: cold_start
    schedule: "* * * * *"
    timeout: 10s
gates:
  min_free_memory: 1GiB
`;

describe.each(["serve", "check"] as const)("%s", (command) => {
  test("refuses a bad config with exit code 2 and names each place, key and what is allowed", async () => {
    const { exitCode, out, said } = await give(command, BAD);
    expect(exitCode).toBe(2);
    expect(out).toBe("");
    expect(said).toEqual([
      expect.stringMatching(/^FILE:5:5: probes\[0\]\.timout: unknown key .*did you mean timeout/),
      expect.stringMatching(/^FILE:6:5: probes\[1\]\.name: "one" is the name of probes\[0\]/),
      expect.stringMatching(/^FILE:8:5: probes\[1\]\.schedule: .*impossible day.*five fields/),
      expect.stringMatching(/^FILE:9:5: probes\[1\]\.timeout: "10" .*such as 30s or 1h30m/),
      expect.stringMatching(/^FILE:11:3: gates\.min_free_memory: "1GiBB" .*KiB, MiB, GiB/),
    ]);
  });

  test("refuses GPUs that the host does not have, and lists those that it has", async () => {
    await using emulator = await makeEmulator(["gpus = 2"]);
    const [first = "", second = ""] = await gpuUuids();
    const gpus = `    gpus: [0, 7, ${second}, GPU-ffffffff]\n`;
    const { exitCode, said } = await give(
      command,
      GOOD.replace("gates:", `${gpus}gates:`),
      emulator,
    );
    expect(exitCode).toBe(2);
    const there = `there are 0 (${first}), 1 (${second})`;
    expect(said.filter((line) => line.startsWith("FILE"))).toEqual([
      `FILE:6:15: probes[0].gpus[1]: there is no GPU 7; ${there}`,
      `FILE:6:60: probes[0].gpus[3]: no GPU's UUID begins with GPU-ffffffff; ${there}`,
    ]);
  });

  test("refuses a file that is not there", async () => {
    const { exitCode, error } = await runCudaprobe([command, "--config.file=/nowhere/at/all.yml"]);
    expect(exitCode).toBe(2);
    expect(error).toBe("/nowhere/at/all.yml: there is no such file");
  });
});

test("check accepts a good config", async () => {
  await using emulator = await makeEmulator();
  const { exitCode, error } = await give("check", GOOD, emulator);
  expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
});

describe("a GPU that is named and does not answer", () => {
  const config = GOOD.replace("gates:", "    gpus: [1]\ngates:");

  test("is down, and is not refused by serve", async () => {
    await using emulator = await makeEmulator(["gpus = 3", "lost = 1"]);
    await using daemon = await startDaemon({ config, emulator });
    await daemon.logged(["level=warn", "a GPU does not answer", "gpu=1", "reason=gpu_lost"]);
    const text = await daemon.scrape();
    expect(value(text, "cudaprobe_up")).toBe(1);
    const up = ["0", "1", "2"].map((gpu) => value(text, "cudaprobe_gpu_up", { gpu }));
    expect(up).toEqual([1, 0, 1]);
  });

  test("is not refused by check", async () => {
    await using emulator = await makeEmulator(["gpus = 3", "lost = 1"]);
    const { exitCode, out, error } = await give("check", config, emulator);
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(out).toContain("GPU 1 does not answer: gpu_lost (NVML_ERROR_GPU_IS_LOST)\n");
  });
});
