import { once } from "node:events";
import { execa } from "execa";
import { expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { readProcessStat } from "../../src/base/process-stat.ts";
import { endLeftovers } from "../../src/runner/end-strays.ts";
import { isMakerGone, makeMark, MARK_VARIABLE } from "../../src/runner/mark.ts";
import { isRunning } from "../support/runs.ts";

const clock = systemClock;

/** A process that bears a mark, as what a run has started does. */
async function startMarked(mark: string, file = "sleep", args: readonly string[] = ["600"]) {
  const options = { env: { [MARK_VARIABLE]: mark }, detached: true, reject: false } as const;
  const child = execa(file, [...args], options);
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    said: async (): Promise<unknown> => once(child.stdout, "data"),
    [Symbol.asyncDispose]: async (): Promise<void> => {
      child.kill("SIGKILL");
      await child;
    },
  };
}

/** The mark of a process that has gone, whose number may be another's: here it is this one's. */
function markOfTheGone(): string {
  const { startTime = 0 } = readProcessStat(process.pid) ?? {};
  return makeMark().replace(`-${startTime}-`, `-${startTime - 1}-`);
}

test("what a process that is gone has left of its runs is ended, one that is deaf too", async () => {
  await using sleeper = await startMarked(markOfTheGone());
  const script = "trap '' TERM; echo deaf; while :; do sleep 600; done";
  await using deaf = await startMarked(markOfTheGone(), "sh", ["-c", script]);
  await deaf.said();
  // The deaf one has a sleeper of its own.
  expect(await endLeftovers({ clock, graceSeconds: 0.3 })).toEqual({
    count: expect.any(Number),
    gone: true,
  });
  expect([sleeper.pid, deaf.pid].filter(isRunning)).toEqual([]);
});

test("what a process that is there has started is left alone", async () => {
  await using sleeper = await startMarked(makeMark());
  expect(await endLeftovers({ clock })).toEqual({ count: 0, gone: true });
  expect(isRunning(sleeper.pid)).toBe(true);
});

test("a mark of another PID namespace, where numbers mean others, is nobody's to judge", () => {
  const mark = markOfTheGone();
  expect(isMakerGone(mark)).toBe(true);
  expect(isMakerGone(mark.replace(/^\d+/, "4026539999"))).toBe(false);
  expect(isMakerGone("")).toBe(false);
  expect(isMakerGone("cudaprobe")).toBe(false);
});
