import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";

const PAGE = resolve(import.meta.dirname, "../../docs/api.md");
const CONFIG = `probes: [{ name: cold_start, kind: cold_start, schedule: "* * * * * *" }]\n`;

let emulator: EmulatorDirectory;
let daemon: RunningDaemon;

beforeAll(async () => {
  emulator = await makeEmulator(["fault = call=cuMemAlloc_v2 nth=1 code=2"]);
  daemon = await startDaemon({ config: CONFIG, emulator });
  const failed = await daemon.logged(["run failed", "reason=oom"]);
  await emulator.configure([]);
  // The first one compiles its kernel.
  const compiled = await daemon.logged(["run succeeded"], failed);
  await daemon.logged(["run succeeded"], compiled + 1);
});

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await emulator[Symbol.asyncDispose]();
});

/** What stays the same from run to run. */
function shape(text: string): readonly string[] {
  return text
    .replaceAll(/"mig_uuid": ".*"/g, '"mig_uuid": "UUID"')
    .replaceAll(/GPU-[0-9a-f-]+/g, "UUID")
    .replaceAll(/"run_id": "[0-9a-z]+"/g, '"run_id": "ID"')
    .replaceAll(/\d+(\.\d+)?(e-\d+)?/g, "#")
    .trimEnd()
    .split("\n");
}

const page = await readFile(PAGE, "utf8");
const examples = [...page.matchAll(/```console\n\$ (curl [^\n]+)\n([\s\S]*?)```/g)].map(
  ([, command = "", output = ""]) => ({ command, output }),
);

describe("docs/api.md", () => {
  it("has an example of each path, and of a request that is refused", () => {
    const paths = examples.map(({ command }) => /localhost:\d+([^?' ]+)/.exec(command)?.[1]);
    expect(new Set(paths)).toEqual(new Set(["/api/runs", "/api/cold-starts"]));
    expect(examples.some(({ output }) => output.startsWith("unknown parameter"))).toBe(true);
  });

  it.each(examples)("shows what `$command` prints", async ({ command, output }) => {
    const here = command.replace("localhost:10062", daemon.address);
    const { stdout } = await execa("bash", ["-o", "pipefail", "-c", here]);
    expect(shape(stdout)).toEqual(shape(output));
  });
});
