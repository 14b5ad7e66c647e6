import {
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openWorkspace } from "../../src/execution/workspace.ts";
import { writeAtomically } from "../../src/storage/atomic-write.ts";
import { openDirectory } from "../../src/storage/directory.ts";

const NOBODY = 65534;
/** Only root can lay down what belongs to another user. */
const isRoot = process.getuid?.() === 0;

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cudaprobe-hostile-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

test("a link in the place of the temporary file is not written through", async () => {
  const victim = join(directory, "victim");
  await writeFile(victim, "precious");
  await symlink(victim, join(directory, `.state.json.${process.pid}.tmp`));
  await writeAtomically(join(directory, "state.json"), "state");
  expect(await readFile(victim, "utf8")).toBe("precious");
  expect(await readFile(join(directory, "state.json"), "utf8")).toBe("state");
});

test("a link in the place of the file itself is replaced, and what it leads to is left alone", async () => {
  const victim = join(directory, "victim");
  await writeFile(victim, "precious");
  await symlink(victim, join(directory, "state.json"));
  await writeAtomically(join(directory, "state.json"), "state");
  expect(await readFile(victim, "utf8")).toBe("precious");
});

test("a file that is written is for this user alone", async () => {
  await writeAtomically(join(directory, "state.json"), "state");
  expect((await stat(join(directory, "state.json"))).mode & 0o777).toBe(0o600);
});

test("the directories of runs are for this user alone, whatever the storage directory allows", async () => {
  await chmod(directory, 0o755);
  const workspace = await openWorkspace(directory);
  const cache = await workspace.cache("warm", "580");
  const modes = [workspace.home, workspace.emptyMps, cache.directory].map(
    async (path) => (await stat(path)).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual([0o700, 0o700, 0o700]);
  await workspace.close();
});

describe.runIf(isRoot)("a directory in which another user has laid something", () => {
  test.each(["no-mps", "cuda-cache"])("is not used: %s", async (name) => {
    await mkdir(join(directory, name));
    await chown(join(directory, name), NOBODY, NOBODY);
    expect(await openDirectory(directory)).toEqual({
      ok: false,
      error: `${name} in it belongs to another user`,
    });
  });

  test("is not used, also when it is a link to what belongs to us", async () => {
    await symlink("/etc", join(directory, "home"));
    await lchown(join(directory, "home"), NOBODY, NOBODY);
    expect((await openDirectory(directory)).ok).toBe(false);
  });

  test("is used when it is that user's own, as when root looks at what the daemon keeps", async () => {
    await mkdir(join(directory, "home"));
    await chown(join(directory, "home"), NOBODY, NOBODY);
    await chown(directory, NOBODY, NOBODY);
    expect(await openDirectory(directory)).toEqual({ ok: true, value: undefined });
  });
});
