import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hidesProcesses } from "../../src/devices/pid-namespace.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

test.each([
  ["pid:[4026531836]", false, "shows all processes"],
  ["pid:[4026532198]", true, "hides some"],
])("the PID namespace %s: %s, it %s", async (namespace, hides) => {
  await using root = await makeTemporaryDirectory();
  await mkdir(join(root.path, "proc/self/ns"), { recursive: true });
  await symlink(namespace, join(root.path, "proc/self/ns/pid"));
  expect(await hidesProcesses(root.path)).toBe(hides);
});

test("nothing is said where the namespace is not told", async () => {
  await using root = await makeTemporaryDirectory();
  expect(await hidesProcesses(root.path)).toBe(false);
});
