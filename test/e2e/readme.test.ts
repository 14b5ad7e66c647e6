import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";

const root = resolve(import.meta.dirname, "../..");
let emulator: EmulatorDirectory;

beforeAll(async () => {
  emulator = await makeEmulator();
  // The first run compiles its kernel, and the page shows a host that has run before.
  await cudaprobe(["run", "cold_start", "--iterations=1"]);
});

afterAll(async () => {
  await emulator[Symbol.asyncDispose]();
});

async function cudaprobe(args: readonly string[]): Promise<string> {
  const storage = `--storage.path=${emulator.path}/state`;
  const { out, error } = await runCudaprobe([...args, storage], { emulator });
  // How far it is, which a busy host is slow enough to be told.
  return out + error.replaceAll(/^\d+ of \d+ runs, .* left\n?/gm, "");
}

interface Example {
  readonly command: string;
  readonly args: readonly string[];
  readonly output: string;
}

/** The console blocks of a page: a line `$ cudaprobe …` and what it prints. */
async function readExamples(page: string): Promise<readonly Example[]> {
  const text = await readFile(resolve(root, page), "utf8");
  const blocks = text.matchAll(/```console\n\$ cudaprobe ([^\n]+)\n([\s\S]*?)```/g);
  return [...blocks].map(([, command = "", output = ""]) => ({
    command,
    args: command.split(" "),
    output,
  }));
}

/** What stays the same between a real GPU and an emulated one: all but figures, identities and paths. */
function shape(text: string): readonly string[] {
  return (
    text
      .replaceAll("EMULATED ", "")
      .replaceAll(/ \(EMULATED[^)]*\)/g, "")
      .replaceAll(/GPU-[0-9a-f-]+/g, "UUID")
      .replaceAll(/\/\S+\/(?=\w)/g, "")
      // In a container there is more to say.
      .replaceAll(/^processes outside of this PID namespace .*\n/gm, "")
      .replaceAll(/\d[\d.]*( (µs|ms|s|GiB|MiB|KiB|%)(?=\W|$))?/g, "#")
      // From which size on, of those that were measured.
      .replaceAll(/(always|never) \(of # to #\)/g, "#")
      .trimEnd()
      .split("\n")
      .map((line) => line.replaceAll(/ +/g, " ").trim())
  );
}

/** An emulated GPU copies with the host's processor, which may be busy with other tests. */
const PATIENCE_MILLISECONDS = 180_000;
const examples = await readExamples("README.md");

describe("README.md", () => {
  it("has an example of each command that ends by itself", () => {
    const commands = new Set(examples.map(({ args }) => args[0]));
    expect(commands).toEqual(new Set(["run", "devices", "check", "baseline"]));
  });

  // In their order: what one sets, the next one shows.
  it.each(examples)(
    "shows what `cudaprobe $command` prints",
    async ({ args, output }) => {
      expect(shape(await cudaprobe(args))).toEqual(shape(output));
    },
    PATIENCE_MILLISECONDS,
  );
});
