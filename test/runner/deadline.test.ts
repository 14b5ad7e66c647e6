import { describe, expect, test } from "vitest";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import { startHanging } from "../support/hanging-run.ts";
import {
  fixture,
  isRunning,
  makeRun,
  numberSaid,
  VERY_IMPATIENT,
  type RunOptions,
} from "../support/runs.ts";

/** A run whose deadline passes when its probe has come to where it hangs. */
async function outlast(probe: string, options?: RunOptions) {
  const { passDeadline, end } = await startHanging(probe, options);
  passDeadline();
  return end;
}

describe("at the deadline", () => {
  test("a run is ended, and the phase that it hung in is named", async () => {
    const end = await outlast("hang-in-init.mjs");
    expect(end).toMatchObject({
      outcome: "timeout",
      reason: "timeout",
      phase: "init",
      message: "the deadline passed",
      report: { instances: [{ openPhase: "init", reaped: { signal: 15 } }] },
    });
    expect(end).not.toHaveProperty("gone");
  });

  test("a probe that never said a word hung in spawn", async () => {
    const end = await makeRun("say-nothing.sh", { deadlineSeconds: 0.1 });
    expect(end).toMatchObject({ outcome: "timeout", phase: "spawn" });
  });

  test("a probe that does not end after its result hung in exit", async () => {
    const end = await outlast("hang-after-result.mjs");
    expect(end).toMatchObject({ outcome: "timeout", phase: "exit" });
  });

  test("a probe is asked to end, and is given the time to", async () => {
    expect(await outlast("succeed-on-sigterm.mjs")).toMatchObject({
      outcome: "timeout",
      stderr: "told to end\n",
      report: { instances: [{ reaped: { exitCode: 0 } }] },
    });
  });

  test("a stopped probe is woken up to hear it", async () => {
    expect(await makeRun("stop-itself.sh", { deadlineSeconds: 0.1 })).toMatchObject({
      outcome: "timeout",
      report: { instances: [{ reaped: { signal: 15 } }] },
    });
  });

  test("a probe that does not listen is killed after the grace, and not before", async () => {
    const end = await outlast("ignore-sigterm.mjs", { runner: { graceSeconds: 0.5 } });
    expect(end).toMatchObject({
      outcome: "timeout",
      phase: "init",
      report: { instances: [{ reaped: { signal: 9 } }] },
    });
    expect(end.endedAtSeconds - end.startedAtSeconds).toBeGreaterThan(0.5);
  });

  test("several instances are ended together, also those that wait for one another", async () => {
    const end = await outlast("wait-at-the-barrier.mjs", { instances: 2 });
    expect(end.outcome).toBe("timeout");
    expect(end.report.instances.map(({ reaped }) => reaped?.exitCode)).toEqual([1, 1]);
  });
});

describe("a launcher that somebody has stopped", () => {
  test("is woken up at the deadline, to say what became of its probe", async () => {
    const end = await outlast("stop-the-launcher.mjs");
    expect(end).toMatchObject({
      outcome: "timeout",
      phase: "init",
      report: { instances: [{ reaped: { signal: 15 } }] },
    });
    expect(isRunning(numberSaid("launcher", end))).toBe(false);
  });
});

describe("a probe that loses its launcher in its grace", () => {
  const graceSeconds = 600;

  /** A clock of which the grace has passed as soon as somebody waits for that, and so has noted when it began. */
  function createPassedClock(): Clock {
    let hasPassed = false;
    return {
      ...systemClock,
      monotonicSeconds: () => systemClock.monotonicSeconds() + (hasPassed ? graceSeconds : 0),
      after: (seconds, callback) => {
        hasPassed ||= seconds === graceSeconds;
        return systemClock.after(seconds, callback);
      },
    };
  }

  async function outlastLost(args: readonly string[]) {
    const options = { runner: { graceSeconds }, clock: createPassedClock(), args };
    return outlast("kill-the-launcher-when-told-to-end.mjs", options);
  }

  test("gets what is left of it, and no second one", async () => {
    const end = await outlastLost([]);
    expect(end).toMatchObject({ outcome: "timeout", phase: "init" });
    expect(isRunning(numberSaid("probe", end))).toBe(false);
  });

  test("has nothing taken from that of its child in another session, which nobody had told", async () => {
    const end = await outlastLost(["child"]);
    expect(end.stderr).toContain("in order\n");
    expect(isRunning(numberSaid("probe", end))).toBe(false);
  });
});

describe("what not even SIGKILL ends", () => {
  test("is given up as hung, and tells when it is gone at last", async () => {
    // The grace is the time that the probe has to stop its launcher again.
    const runner = { ...VERY_IMPATIENT, graceSeconds: 2 };
    const end = await outlast("stop-the-launcher-again.mjs", { runner });
    expect(end).toMatchObject({
      outcome: "hung",
      reason: "hung",
      phase: "init",
      message: "still there after SIGKILL",
    });
    // It was told that it is given up, and woken up to hear that.
    await end.gone;
    expect(isRunning(numberSaid("launcher", end))).toBe(false);
  });

  test("has its launcher told to give back the lane", async () => {
    const end = await makeRun("succeed.mjs", {
      deadlineSeconds: 0.1,
      runner: { launcher: fixture("launcher/wait-for-sigusr1.mjs"), ...VERY_IMPATIENT },
    });
    expect(end.outcome).toBe("hung");
    await end.gone;
  });
});
