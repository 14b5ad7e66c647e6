import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { ENVIRONMENT, EXAMPLES } from "../../src/commands/help-texts.ts";
import type { CommandIo } from "../../src/commands/io.ts";
import { createProgram } from "../../src/commands/program.ts";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const root = resolve(import.meta.dirname, "../..");
const PAGE = join(root, "docs/man/cudaprobe.1");

const io: CommandIo = {
  out: () => undefined,
  error: () => undefined,
  isTerminal: false,
  env: {},
  pid: 1,
  hostname: "",
  nodeVersion: "",
  revision: "",
  clock: systemClock,
  packageDirectory: root,
  onSignal: () => () => undefined,
  exitNow: () => undefined,
};

/** The help of every command that does something, by its words. */
function listHelps(
  command: Command,
  words: readonly string[] = [],
): readonly (readonly [string, string])[] {
  if (command.commands.length === 0) return [[words.join(" "), command.helpInformation()]];
  return command.commands.flatMap((below) => listHelps(below, [...words, below.name()]));
}

async function lint(file: string): Promise<string> {
  const { stdout } = await execa("mandoc", ["-Tlint", "-Wwarning", file], { reject: false });
  return stdout;
}

describe("the manual page", () => {
  test("is to mandoc's and groff's liking, but for its date: it is the same whenever it is made", async () => {
    const said = (await lint(PAGE)).split("\n");
    expect(said).toEqual([expect.stringContaining('missing date, using "": TH')]);
    const groff = await execa("groff", ["-ww", "-man", "-Tutf8", "-z", PAGE]);
    expect(groff.stderr).toBe("");
  });

  test("would not be with a macro that there is not", async () => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "bad.1");
    await writeFile(file, (await readFile(PAGE, "utf8")).replace(".SS", ".SZ"));
    expect(await lint(file)).toContain("skipping unknown macro: .SZ");
  });

  test("has every command and every flag that the help has", async () => {
    const { stdout } = await execa("mandoc", ["-Tutf8", "-Owidth=1000", PAGE]);
    // oxlint-disable-next-line no-control-regex -- bold is a letter over itself
    const page = stdout.replaceAll(/.\u0008/g, "");
    const [, common = ""] = /\nOPTIONS OF ALL COMMANDS\n([\s\S]*?)\n\S/.exec(page) ?? [];
    const program = await createProgram(io, { version: "", words: ["run"], done: () => undefined });
    const helps = listHelps(program);
    expect(helps.length).toBeGreaterThan(10);
    for (const [words, help] of helps) {
      const [, text = ""] = page.split(`\n   cudaprobe ${words} `);
      const [section = ""] = text.split(/\n {0,3}\S/);
      const flags = [...help.matchAll(/^ {2}(--[\w.-]+.*?)(?: {2}|$)/gm)].map(([, flag]) => flag);
      const lines = `${section}${common}`.split("\n");
      const terms = new Set(lines.map((line) => line.trim().split(/ {2,}/)[0]));
      const missing = flags.filter((flag) => !terms.has(flag));
      expect(flags.length).toBeGreaterThan(2);
      expect({ words, missing }).toEqual({ words, missing: [] });
    }
  });

  test("has every variable of the environment that is looked at", async () => {
    const files = (await readdir(join(root, "src"), { recursive: true })).filter((name) =>
      name.endsWith(".ts"),
    );
    const texts = await Promise.all(
      files.map(async (name) => readFile(join(root, "src", name), "utf8")),
    );
    const used = texts.flatMap((text) =>
      [...text.matchAll(/\benv\["(\w+)"\]/g)].map(([, name]) => name),
    );
    const told = new Set(ENVIRONMENT.flatMap(([names]) => names.split(", ")));
    expect(used).toContain("STATE_DIRECTORY");
    expect(used.filter((name = "") => !told.has(name))).toEqual([]);
  });
});

/** What a shell does with `"$@"`: nothing but running it, and of a daemon ending it once it listens. */
const RUN = 'exec "$@"';
const RUN_DAEMON =
  '"$@" 2>log & until grep -q listening log; do kill -0 $! || exit; sleep 0.1; done; kill $!; wait $!';

describe("the examples of the help", () => {
  test.each(EXAMPLES.map(([, command]) => command))("%s", async (command) => {
    await using directory = await makeTemporaryDirectory();
    await cp(join(root, "docs/examples"), directory.path, { recursive: true });
    await writeFile(join(directory.path, "web.yml"), "");
    await using emulator = await makeEmulator();
    const [, ...args] = command.replace(":10062", ":0").split(" ");
    const isDaemon = args[0] === "serve";
    const isOfFiles = args[0] === "compare";
    const { exitCode, error } = await runCudaprobe(args, {
      script: `cd ${directory.path}; ${isDaemon ? RUN_DAEMON : RUN}`,
      ...(isOfFiles ? {} : { emulator }),
    });
    // The files of the documentation show something that has become slower.
    expect({ exitCode, error }).toMatchObject({ exitCode: isOfFiles ? 3 : 0 });
  });
});
