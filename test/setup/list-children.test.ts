import { execa } from "execa";
import { expect, test } from "vitest";
import { listChildren } from "./list-children.ts";

test("a running child is listed with its command line", async () => {
  await using child = start("sleep", "600");
  expect(listChildren(process.pid)).toContainEqual({ pid: child.pid, command: "sleep 600" });
});

test("a child that has ended is not listed", async () => {
  const child = start("sleep", "600");
  await child[Symbol.asyncDispose]();
  expect(listChildren(process.pid)).toEqual([]);
});

test("a child of another process is not listed", async () => {
  await using child = start("sh", "-c", "sleep 600 & echo started; wait");
  expect(await child.firstLine()).toBe("started");
  const commands = listChildren(process.pid).map(({ command }) => command);
  expect(commands).not.toContain("sleep 600");
});

function start(file: string, ...args: string[]) {
  const child = execa(file, args, { reject: false, detached: true });
  return {
    pid: child.pid,
    firstLine: async (): Promise<unknown> => (await child[Symbol.asyncIterator]().next()).value,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      process.kill(-(child.pid ?? 0), "SIGKILL");
      await child;
    },
  };
}
