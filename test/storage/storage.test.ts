import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { createLogger } from "../../src/base/logger.ts";
import { fail, ok } from "../../src/base/result.ts";
import { openStorage, type Storage } from "../../src/storage/storage.ts";

let parent = "";
let lines: string[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "cudaprobe-storage-"));
  lines = [];
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

const clock = { ...systemClock, wallSeconds: () => 1_700_000_000.9 };

async function open(directory = join(parent, "state")): Promise<Storage> {
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ level: "info", format: "logfmt", destination });
  return openStorage({ directory, logger, clock });
}

/** What is stored must be a string. */
function parseText(value: unknown) {
  return typeof value === "string" ? ok(value) : fail("it is no text");
}

describe("openStorage", () => {
  test("makes the directory for this user alone, with those above it", async () => {
    const directory = join(parent, "a/b");
    expect((await open(directory)).directory).toBe(directory);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect(await readdir(directory)).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("a directory that cannot be made costs one warning, and what it would have kept", async () => {
    await writeFile(join(parent, "file"), "");
    const storage = await open(join(parent, "file/state"));
    expect(storage.directory).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/level=warn .*cannot be written.* directory=\S+ error="ENOTDIR/);
    expect(await storage.read("baseline", 1, parseText)).toEqual(fail("absent"));
    expect(await storage.write("baseline", 1, "x")).toEqual({
      ok: false,
      error: expect.stringContaining("ENOTDIR"),
    });
  });

  test("a directory that is there and cannot be written is found out", async () => {
    // Nothing can be created in /proc, not even by root.
    expect((await open("/proc")).directory).toBeUndefined();
    expect(lines).toHaveLength(1);
  });

  test("removes the temporary files of processes that are gone, and no others", async () => {
    const directory = join(parent, "state");
    await mkdir(directory);
    // Larger than any PID that Linux gives.
    await writeFile(join(directory, ".baseline.4194305.tmp"), "half");
    await writeFile(join(directory, `.baseline.${process.pid}.tmp`), "half");
    await writeFile(join(directory, `.baseline.${process.ppid}.tmp`), "another's");
    await writeFile(join(directory, "notes.tmp"), "a person's");
    await open(directory);
    const left = (await readdir(directory)).toSorted();
    expect(left).toEqual([`.baseline.${process.ppid}.tmp`, "notes.tmp"]);
  });
});

describe.each(["write", "writeUnsynced"] as const)("%s and read", (write) => {
  test("what was written is read, by another process too", async () => {
    const written = await (await open())[write]("baseline.json", 2, { median: 0.2 });
    expect(written).toEqual(ok(undefined));
    const storage = await open();
    expect(await storage.read("baseline.json", 2, ok)).toEqual(ok({ median: 0.2 }));
    expect(lines).toEqual([]);
  });

  test("a file is readable JSON of its version and value, for this user alone, and nothing else is left", async () => {
    const storage = await open();
    await storage[write]("baseline.json", 2, [1, 2]);
    const file = join(parent, "state", "baseline.json");
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ version: 2, value: [1, 2] });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(parent, "state"))).toEqual(["baseline.json"]);
  });

  test("what was never written is absent, and nothing is said of it", async () => {
    const storage = await open();
    expect(await storage.read("baseline", 1, parseText)).toEqual(fail("absent"));
    expect(lines).toEqual([]);
  });

  test("of writes at once the last call is what stays", async () => {
    const storage = await open();
    const values = Array.from({ length: 20 }, (_, index) => `value ${index}`);
    const results = await Promise.all(
      values.map(async (value) => storage[write]("baseline", 1, value)),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await storage.read("baseline", 1, parseText)).toEqual(ok("value 19"));
  });

  test("a write that fails says why, leaves the old value and does not stop the next one", async () => {
    const storage = await open();
    await storage[write]("baseline", 1, "old");
    await mkdir(join(parent, "state", "taken"));
    const failed = await storage[write]("taken", 1, "new");
    expect(failed).toEqual({ ok: false, error: expect.stringContaining("EISDIR") });
    expect((await readdir(join(parent, "state"))).toSorted()).toEqual(["baseline", "taken"]);
    expect(await storage[write]("baseline", 1, "new")).toEqual(ok(undefined));
    expect(await storage.read("baseline", 1, parseText)).toEqual(ok("new"));
  });

  test("a file is replaced, not written into: who has it open keeps the old text", async () => {
    const storage = await open();
    await storage[write]("baseline", 1, "old");
    const file = join(parent, "state", "baseline");
    const before = (await stat(file)).ino;
    await storage[write]("baseline", 1, "new");
    expect((await stat(file)).ino).not.toBe(before);
  });

  test.each(["../escape", "a/b", "", ".hidden", "two words"])("%j is no name", async (name) => {
    const storage = await open();
    await expect(storage[write](name, 1, "x")).rejects.toThrow("no name");
    await expect(storage.read(name, 1, parseText)).rejects.toThrow("no name");
  });
});

describe("a file of no use", () => {
  test.each([
    ["garbage", "{half", "it is no JSON"],
    ["an empty file", "", "it is no JSON"],
    ["a bare value", '"text"', "it is no object"],
    ["null", "null", "it is no object"],
    ["no envelope", '{"value":"text"}', "it has no version or value"],
    ["an older version", '{"version":1,"value":"text"}', "it is of version 1, not 2"],
    ["a newer version", '{"version":3,"value":"text"}', "it is of version 3, not 2"],
    ["a value of another form", '{"version":2,"value":7}', "it is no text"],
  ])("%s is set aside with one line, and is absent from then on", async (_, text, reason) => {
    const storage = await open();
    await writeFile(join(parent, "state", "baseline"), text);
    expect(await storage.read("baseline", 2, parseText)).toEqual(fail("corrupt"));
    const aside = join(parent, "state", "baseline.corrupt-1700000000");
    expect(await readFile(aside, "utf8")).toBe(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`level=warn`);
    expect(lines[0]).toContain(`reason="${reason}"`);
    expect(lines[0]).toContain(`aside=${aside}`);
    expect(await storage.read("baseline", 2, parseText)).toEqual(fail("absent"));
  });

  test("a file that cannot be read is set aside too", async () => {
    const storage = await open();
    const file = join(parent, "state", "baseline");
    await symlink(file, file);
    expect(await storage.read("baseline", 2, parseText)).toEqual(fail("corrupt"));
    expect(lines[0]).toMatch(/reason="ELOOP/);
    expect(await readdir(join(parent, "state"))).toEqual(["baseline.corrupt-1700000000"]);
  });

  test("one that cannot even be set aside is not used, and says so", async () => {
    const storage = await open();
    await writeFile(join(parent, "state", "baseline"), "{half");
    await mkdir(join(parent, "state", "baseline.corrupt-1700000000"));
    expect(await storage.read("baseline", 2, parseText)).toEqual(fail("corrupt"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/level=error .*reason="it is no JSON"/);
  });
});
