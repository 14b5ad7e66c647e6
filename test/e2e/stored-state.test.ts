import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createLogger } from "../../src/base/logger.ts";
import { fail, ok } from "../../src/base/result.ts";
import { openStorage, type Storage } from "../../src/storage/storage.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const WRITER = resolve(import.meta.dirname, "../fixtures/storage/write-for-ever.mjs");
const NAME = "state.json";

async function open(directory: string, lines: string[] = []): Promise<Storage> {
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ level: "info", format: "logfmt", destination });
  return openStorage({ directory, logger });
}

/** What the writer writes: an ordinal, and so many copies of it that a part of the file shows. */
function parseCopies(value: unknown) {
  const isWhole = Array.isArray(value) && value.length === 2000 && new Set(value).size === 1;
  return isWhole ? ok(Number(value[0])) : fail("it is not whole");
}

describe("what is stored", () => {
  test("is the old text or the new one when its writer is killed at any moment", async () => {
    await using directory = await makeTemporaryDirectory();
    let last = -1;
    for (let round = 0; round < 6; round += 1) {
      const writer = spawn(process.execPath, [WRITER, directory.path, NAME, String(round)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      // It has written once; then it is somewhere between a write and the next.
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await once(writer.stdout, "data");
      for (let turn = 0; turn < round * 80; turn += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await new Promise(setImmediate);
      }
      writer.kill("SIGKILL");
      // oxlint-disable-next-line no-await-in-loop
      await once(writer, "exit");
      const lines: string[] = [];
      // oxlint-disable-next-line no-await-in-loop
      const storage = await open(directory.path, lines);
      // oxlint-disable-next-line no-await-in-loop
      const read = await storage.read(NAME, 1, parseCopies);
      expect(read).toEqual(ok(expect.any(Number)));
      expect(lines).toEqual([]);
      const value = read.ok ? read.value : Number.NaN;
      expect(value).toBeGreaterThan(last);
      last = value;
      // What the killed one had half written is gone.
      // oxlint-disable-next-line no-await-in-loop
      expect(await readdir(directory.path)).toEqual([NAME]);
    }
  });

  test("stays as it was when the disk is full, which is told and stops nothing", async () => {
    await using directory = await makeTemporaryDirectory();
    await (await open(directory.path)).write(NAME, 1, "old");
    // A file may be no longer than a block of 512 bytes; the signal that says so is one that Node ignores.
    const writer = await execa("bash", [
      "-c",
      'ulimit -f 1; exec "$@"',
      "bash",
      process.execPath,
      WRITER,
      directory.path,
      NAME,
      "once",
    ]);
    expect(writer.stdout).toMatch(/EFBIG/);
    expect(await readdir(directory.path)).toEqual([NAME]);
    const storage = await open(directory.path);
    expect(await storage.read(NAME, 1, ok)).toEqual(ok("old"));
    expect(await storage.write(NAME, 1, "new")).toEqual(ok(undefined));
  });

  test.each([0, 1, 7, 40, 90])(
    "is set aside when %i percent of it are there, and is not used",
    async (percent) => {
      await using directory = await makeTemporaryDirectory();
      const lines: string[] = [];
      const storage = await open(directory.path, lines);
      await storage.write(NAME, 1, { saved: [1, 2, 3], name: "a" });
      const file = join(directory.path, NAME);
      const text = await readFile(file, "utf8");
      await writeFile(file, text.slice(0, Math.floor((text.length * percent) / 100)));
      expect(await storage.read(NAME, 1, ok)).toEqual(fail("corrupt"));
      expect(lines).toHaveLength(1);
      expect(await storage.read(NAME, 1, ok)).toEqual(fail("absent"));
      expect(await storage.write(NAME, 1, "new")).toEqual(ok(undefined));
    },
  );

  test("is set aside when it is a directory", async () => {
    await using directory = await makeTemporaryDirectory();
    const lines: string[] = [];
    const storage = await open(directory.path, lines);
    await mkdir(join(directory.path, NAME));
    expect(await storage.read(NAME, 1, ok)).toEqual(fail("corrupt"));
    expect(lines[0]).toMatch(/reason="EISDIR/);
    expect(await storage.write(NAME, 1, "new")).toEqual(ok(undefined));
  });

  test("is set aside when it is another user's and cannot be read", async () => {
    await using directory = await makeTemporaryDirectory();
    await chmod(directory.path, 0o777);
    const file = join(directory.path, NAME);
    await writeFile(file, '{"version":1,"value":"theirs"}\n', { mode: 0o600 });
    await chmod(file, process.getuid?.() === 0 ? 0o600 : 0o000);
    const said = await readAsNobody(directory.path);
    expect(said).toContain('{"ok":false,"error":"corrupt"}');
    expect(said).toContain("EACCES");
    const [aside] = await readdir(directory.path);
    expect(aside).toMatch(/^state\.json\.corrupt-\d+$/);
  });
});

/** The storage of a process that root's rights do not help. */
async function readAsNobody(directory: string): Promise<string> {
  const drop = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--clear-groups"] : [];
  const command = [...drop, process.execPath, WRITER, directory, NAME, "read"];
  return (await execa("env", command)).stdout;
}
