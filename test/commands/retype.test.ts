import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { retype } from "../../src/commands/retype.ts";
import { coldStart } from "../../src/probes/cold-start.ts";

const flags = { iterations: 3, driver: "nvidia" as const };

/** The words that a shell makes of a command. */
async function wordsOf(command: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", `printf '%s\\n' ${command}`]);
  return stdout.trimEnd().split("\n");
}

describe("the command of a report", () => {
  it("is quoted, so that a shell makes the same words of it", async () => {
    const argv = "/usr/bin/python3 /x/it's $HOME.py";
    const options = { runtime: "command", argv, phases: "a,b" };
    const command = retype({ kind: coldStart, options, gpu: "0" }, flags);
    expect(await wordsOf(command)).toEqual([
      "cudaprobe",
      "run",
      "cold_start",
      "--runtime=command",
      `--argv=${argv}`,
      "--phases=a,b",
      "--gpu=0",
      "--iterations=3",
      "--driver=nvidia",
    ]);
  });

  it("has no quotes where none are needed", () => {
    const options = { bytes: "4KiB", concurrency: "1,2" };
    expect(retype({ kind: coldStart, options, gpu: undefined }, flags)).toBe(
      "cudaprobe run cold_start --bytes=4KiB --concurrency=1,2 --iterations=3 --driver=nvidia",
    );
  });

  it("names the config where one was given, which says what the names of interpreters mean", async () => {
    const choice = { kind: coldStart, options: { python: "new" }, gpu: undefined };
    const command = retype(choice, { ...flags, "config.file": "/etc/my probes.yml" });
    expect(await wordsOf(command)).toContain("--config.file=/etc/my probes.yml");
    expect(retype(choice, flags)).not.toContain("config");
  });
});
