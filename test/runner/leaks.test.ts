import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import { createLauncherAhead, type LauncherAhead } from "../../src/runner/launcher-ahead.ts";
import type { RunnerOptions } from "../../src/runner/runner.ts";
import { nativeFile } from "../support/native.ts";
import { makeRun } from "../support/runs.ts";

/** What grows when runs leave something behind in this process: handles, descriptors, listeners. */
function count() {
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  return {
    resources: process.getActiveResourcesInfo().length,
    descriptors: readdirSync("/proc/self/fd").length,
    listeners: listeners.reduce((sum, own) => sum + own, 0),
  };
}

async function makeMany(runs: number, runner: Partial<RunnerOptions>): Promise<void> {
  const outcomes = new Set<string>();
  for (let made = 0; made < runs; made += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as the daemon does
    outcomes.add((await makeRun("succeed-at-once.sh", { runner })).outcome);
  }
  expect([...outcomes]).toEqual(["success"]);
}

/** So that each run but the first has one. */
function startAheadAtOnce(): LauncherAhead {
  return createLauncherAhead(nativeFile("launcher"), { clock: { ...systemClock, after: atOnce } });
}

function atOnce(_seconds: number, callback: () => void): () => void {
  callback();
  return () => undefined;
}

/** The host's clock, and how many of its timers are running. */
function createCountingClock() {
  const running = new Set<symbol>();
  const clock: Clock = {
    ...systemClock,
    after: (seconds, callback) => {
      const timer = Symbol(`${seconds} s`);
      running.add(timer);
      const cancel = systemClock.after(seconds, () => {
        running.delete(timer);
        callback();
      });
      return () => {
        running.delete(timer);
        cancel();
      };
    },
  };
  return { clock, running: () => [...running].map((timer) => timer.description) };
}

describe("runs leave nothing behind", () => {
  test.each([
    ["their own", undefined],
    ["launchers that are started ahead", startAheadAtOnce()],
  ])(
    "no handle, descriptor or listener, in some hundreds of them with %s",
    { timeout: 60_000 },
    async (_, ahead) => {
      const runner = ahead === undefined ? {} : { ahead };
      await makeMany(5, runner);
      const before = count();
      await makeMany(200, runner);
      const after = count();
      // What is closed takes a turn of the loop to go, so the last run's may be there still.
      expect(after.resources - before.resources).toBeLessThan(10);
      expect(after.descriptors - before.descriptors).toBeLessThan(10);
      expect(after.listeners).toBe(before.listeners);
      await ahead?.close();
    },
  );

  test.each([
    ["a success", "succeed-at-once.sh", {}],
    ["a timeout", "say-nothing.sh", { deadlineSeconds: 0.05 }],
    ["bad output", "print-garbage.sh", {}],
    ["a lost launcher", "kill-the-launcher.mjs", {}],
    ["a program that is missing", "no-such-probe", {}],
    ["a launcher that is missing", "succeed.mjs", { runner: { launcher: "/no/such/launcher" } }],
    ["a run that was cancelled", "succeed.mjs", { signal: AbortSignal.abort() }],
  ])("no timer, after %s", async (_, probe, options) => {
    const { clock, running } = createCountingClock();
    await makeRun(probe, { ...options, clock });
    expect(running()).toEqual([]);
  });
});
