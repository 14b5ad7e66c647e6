import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { source } from "./fixtures.ts";

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "config-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function load(file: string): Promise<readonly string[]> {
  const loaded = await loadConfig({ ...source(""), file });
  return loaded.ok ? [] : loaded.error.map((problem) => formatProblem(problem));
}

/** Root may read everything, so tests that run as root do this as somebody else. */
async function asNobody<Value>(action: () => Promise<Value>): Promise<Value> {
  if (process.getuid?.() !== 0) return action();
  process.seteuid?.(65534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}

describe("loadConfig", () => {
  it("reads and checks a file", async () => {
    const file = join(directory, "good.yml");
    await writeFile(file, "probes: []\n");
    await expect(loadConfig({ ...source(""), file })).resolves.toMatchObject({
      ok: true,
      value: { file, text: "probes: []\n" },
    });
  });

  it("gives the file's name with what is wrong in it", async () => {
    const file = join(directory, "bad.yml");
    await writeFile(file, "\nprobes: 1\n");
    await expect(load(file)).resolves.toEqual([
      `${file}:2:1: probes: 1 is not allowed: must be a list`,
    ]);
  });

  it("reports a file that is not there, and a directory", async () => {
    const file = join(directory, "none.yml");
    await expect(load(file)).resolves.toEqual([`${file}: there is no such file`]);
    await expect(load(join(directory, "x", "y"))).resolves.toEqual([
      `${directory}/x/y: there is no such file`,
    ]);
    await expect(load(directory)).resolves.toEqual([
      `${directory}: this is a directory, not a file`,
    ]);
  });

  it("reports a file that it may not read", async () => {
    const file = join(directory, "secret.yml");
    await writeFile(file, "probes: []\n");
    await chmod(file, 0o000);
    await expect(asNobody(async () => load(file))).resolves.toEqual([
      `${file}: permission to read it is denied`,
    ]);
  });

  it("passes on what the system says of other errors", async () => {
    await expect(load("nul\0byte")).resolves.toEqual([expect.stringContaining("cannot be read")]);
  });
});
