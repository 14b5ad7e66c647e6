import { expect, test } from "vitest";
import { keepAlive } from "../../src/base/keep-alive.ts";

/** Timers that keep the process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}

test("the process is kept alive until it is released, and no longer", () => {
  const before = timers();
  const release = keepAlive();
  expect(timers()).toBe(before + 1);
  release();
  expect(timers()).toBe(before);
});
