import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import type { Patience } from "../../src/runner/end-gracefully.ts";
import { startHanging } from "../support/hanging-run.ts";
import { fixture, IMPATIENT, makeRun, VERY_IMPATIENT, type RunOptions } from "../support/runs.ts";

/** A run that is aborted when its probe has come to where it hangs. */
async function cancel(probe: string, options?: RunOptions) {
  const controller = new AbortController();
  const { end } = await startHanging(probe, { ...options, signal: controller.signal });
  controller.abort();
  return end;
}

/** The same of a launcher that hangs. */
async function cancelLauncher(name: string, patience: Partial<Patience>) {
  return cancel("succeed.mjs", {
    runner: { launcher: fixture(`launcher/${name}`), ...patience },
  });
}

describe("an aborted run", () => {
  test("failed because it was cancelled, when the probe says so", async () => {
    expect(await cancel("cancel-on-sigterm.mjs")).toMatchObject({
      outcome: "failure",
      reason: "cancelled",
      phase: "context",
      report: { instances: [{ reaped: { exitCode: 1 } }] },
    });
  });

  test("failed because it was cancelled, when the probe ended without a word", async () => {
    expect(await cancel("hang-in-init.mjs")).toMatchObject({
      outcome: "failure",
      reason: "cancelled",
      phase: "init",
      report: { instances: [{ reaped: { signal: 15 } }] },
    });
  });

  test("is killed after the grace when the probe does not listen", async () => {
    expect(await cancel("ignore-sigterm.mjs", { runner: IMPATIENT })).toMatchObject({
      outcome: "failure",
      reason: "cancelled",
      report: { instances: [{ reaped: { signal: 9 } }] },
    });
  });

  test("stays a success when the probe came to its end all the same", async () => {
    const end = await cancel("succeed-on-sigterm.mjs");
    expect(end.outcome).toBe("success");
    expect(end).not.toHaveProperty("reason");
  });

  test("hangs, if it does, for all to see", async () => {
    const { outcome, reason, gone } = await cancelLauncher("wait-for-sigusr1.mjs", VERY_IMPATIENT);
    expect([outcome, reason]).toEqual(["hung", "hung"]);
    await gone;
  });

  test("is skipped when nothing had been started yet", async () => {
    const end = await makeRun("succeed.mjs", { signal: AbortSignal.abort() });
    expect(end).toMatchObject({
      outcome: "skipped",
      reason: "cancelled",
      message: "cancelled before anything was started",
      transcript: [],
      report: { instances: [] },
    });
  });

  test.each(["start-nothing.sh", "ignore-sigterm.sh"])(
    "is skipped while the launcher waits: %s",
    async (launcher) => {
      const end = await cancelLauncher(launcher, IMPATIENT);
      expect(end).toMatchObject({ outcome: "skipped", reason: "cancelled" });
    },
  );
});

describe("the signal of a run", () => {
  test("has no listener left on it, however the run ended", async () => {
    const { signal } = new AbortController();
    await makeRun("succeed-at-once.sh", { signal });
    await makeRun("print-garbage.sh", { signal });
    await makeRun("say-nothing.sh", { signal, deadlineSeconds: 0.05 });
    await makeRun("succeed.mjs", { signal, runner: { launcher: "/no/such/launcher" } });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("may come when the run is being ended already", async () => {
    const controller = new AbortController();
    const { end, passDeadline } = await startHanging("hang-in-init.mjs", {
      signal: controller.signal,
    });
    passDeadline();
    controller.abort();
    expect(await end).toMatchObject({ outcome: "timeout", reason: "timeout" });
  });

  test("may come when the run has ended, and changes nothing", async () => {
    const controller = new AbortController();
    const end = await makeRun("succeed-at-once.sh", { signal: controller.signal });
    controller.abort();
    expect(end.outcome).toBe("success");
  });
});
