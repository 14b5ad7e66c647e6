import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const TELL = resolve(import.meta.dirname, "../fixtures/started-programs/tell.cjs");

const CONFIG = `probes: [{ name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s }]\n`;

test("the daemon starts the launcher and nothing else, no shell least of all", async () => {
  await using emulator = await makeEmulator();
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "started");
  const env = { NODE_OPTIONS: `--require=${TELL}`, STARTED_PROGRAMS: file };
  await using daemon = await startDaemon({ config: CONFIG, emulator, env });
  const first = await daemon.logged(["run_id="]);
  await daemon.logged(["run_id="], first + 1);
  const started = await readLines(file);
  expect(started.length).toBeGreaterThan(2);
  expect(new Set(started)).toEqual(new Set([nativeFile("launcher")]));
});

test.each([
  ["execSync('true')", "true"],
  ["spawnSync('true')", "true"],
  ["exec('true')", "/bin/sh"],
  ["execFile('true')", "true"],
])("%s would be seen as %s", async (call, program) => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "started");
  await execa(process.execPath, ["-r", TELL, "-e", `require("node:child_process").${call}`], {
    env: { STARTED_PROGRAMS: file },
  });
  expect(await readLines(file)).toContain(program);
});

async function readLines(file: string): Promise<readonly string[]> {
  return (await readFile(file, "utf8")).trim().split("\n");
}
