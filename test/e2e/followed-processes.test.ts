import { resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";

const SCRIPT = resolve(import.meta.dirname, "../fixtures/runner/follow-processes.mjs");
const NAMESPACES = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

const canUnshare = !(await execa("unshare", [...NAMESPACES, "true"], { reject: false })).failed;

async function follow(what: "hidden" | "reused"): Promise<unknown> {
  const args = [...NAMESPACES, process.execPath, SCRIPT, what];
  const { stdout } = await execa("unshare", args, { timeout: 20_000 });
  return JSON.parse(stdout);
}

describe.runIf(canUnshare)("processes that are followed", () => {
  test("are there while /proc is hidden, and get signals once it is back", async () => {
    expect(await follow("hidden")).toEqual({ isGone: [false, false, true], signal: "SIGKILL" });
  });

  test("are gone when others have their numbers, which get no signal", async () => {
    expect(await follow("reused")).toEqual({
      before: [false, false],
      after: [true, true],
      signal: "SIGTERM",
    });
  });
});
