import { once } from "node:events";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { startHanging } from "../support/hanging-run.ts";
import { fixture, IMPATIENT, isRunning, makeRun, numberSaid } from "../support/runs.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

describe("a launcher", () => {
  test.each([
    ["/no/such/launcher", /^the launcher could not be started: .*ENOENT/],
    [fixture("launcher/not-executable"), /^the launcher could not be started: .*EACCES/],
    [fixture("launcher/usage-error.sh"), /^launcher: --lane_timeout_seconds: is no number$/],
  ])("that cannot start anything has not started the run: %s", async (launcher, message) => {
    const end = await makeRun("succeed.mjs", { runner: { launcher } });
    expect(end).toMatchObject({ outcome: "not_started", reason: "not_started" });
    expect(end.message).toMatch(message);
    expect(end.report).toEqual({ instances: [] });
  });

  test("is not started with what no program can be given", async () => {
    const end = await makeRun("succeed.mjs", { args: ["a\0b"] });
    expect(end).toMatchObject({ outcome: "not_started" });
  });

  test("that says that all is well and nothing else is bad output", async () => {
    const launcher = fixture("launcher/say-nothing.sh");
    expect(await makeRun("succeed.mjs", { runner: { launcher } })).toMatchObject({
      outcome: "bad_output",
      message: "0 of 1 instances were reaped",
    });
  });

  test("that ends as none does is lost", async () => {
    const launcher = fixture("launcher/unknown-exit-code.sh");
    expect(await makeRun("succeed.mjs", { runner: { launcher } })).toMatchObject({
      outcome: "crashed",
      reason: "launcher_lost",
      message: "the launcher ended with exit code 1",
    });
  });

  test.each(["start-nothing.sh", "ignore-sigterm.sh"])(
    "that starts nothing is not waited for without end: %s",
    async (name) => {
      const launcher = fixture(`launcher/${name}`);
      const end = await makeRun("succeed.mjs", {
        runner: { launcher, startSeconds: 0.1, ...IMPATIENT },
      });
      expect(end).toMatchObject({
        outcome: "timeout",
        reason: "timeout",
        message: "the launcher started nothing in time",
      });
      expect(end).not.toHaveProperty("phase");
    },
  );

  test("that has ended is not waited for because a descendant holds its outputs", async () => {
    const launcher = fixture("launcher/leave-a-child.mjs");
    const end = await makeRun("succeed.mjs", { runner: { launcher } });
    const child = numberSaid("child", end);
    expect(end.outcome).toBe("success");
    expect(isRunning(child)).toBe(true);
    process.kill(child, "SIGKILL");
  });
});

describe("a process that the launcher did not start", () => {
  test("is not ended, whatever is said of it", async () => {
    const bystander = execa("sleep", ["600"], { detached: true, reject: false });
    await once(bystander, "spawn");
    const end = await makeRun("succeed.mjs", {
      deadlineSeconds: 0.1,
      args: [String(bystander.pid)],
      runner: { launcher: fixture("launcher/claim-another-process.mjs") },
    });
    expect(end).toMatchObject({ outcome: "timeout", message: "the deadline passed" });
    expect(isRunning(bystander.pid ?? 0)).toBe(true);
    bystander.kill("SIGKILL");
    await bystander;
  });
});

describe("a launcher that was killed", () => {
  test("is lost, and its probe is ended", async () => {
    const end = await makeRun("kill-the-launcher.mjs");
    expect(end).toMatchObject({
      outcome: "crashed",
      reason: "launcher_lost",
      phase: "init",
      message: "the launcher was ended by SIGKILL",
    });
    expect(isRunning(end.report.instances[0]?.pid ?? 0)).toBe(false);
  });

  test("is lost, and its probe is killed when it does not listen", async () => {
    const end = await makeRun("kill-the-launcher.mjs", { args: ["deaf"], runner: IMPATIENT });
    expect(end).toMatchObject({ outcome: "crashed", reason: "launcher_lost" });
    const { startedAtSeconds, endedAtSeconds, report } = end;
    expect(endedAtSeconds - startedAtSeconds).toBeGreaterThan(0.2);
    expect(isRunning(report.instances[0]?.pid ?? 0)).toBe(false);
  });
});

describe("what a probe started beside its group and session", () => {
  test("is ended when the launcher, which would have adopted it, was killed", async () => {
    const end = await makeRun("kill-the-launcher-after-a-child-in-a-session.sh");
    expect(end).toMatchObject({ outcome: "crashed", reason: "launcher_lost" });
    expect(isRunning(numberSaid("child", end))).toBe(false);
  });
});

describe("the lane", () => {
  test("is held by one run at a time, and not had in time by another", async () => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "lane.lock");
    const { end, passDeadline } = await startHanging("hang-in-init.mjs", {
      runner: { laneLock: { file, timeoutSeconds: 30 } },
    });
    const late = { runner: { laneLock: { file, timeoutSeconds: 0.1 } } };
    expect(await makeRun("succeed-at-once.sh", late)).toMatchObject({
      outcome: "skipped",
      reason: "lane_busy",
      message: "another run had the host's lane",
      report: { instances: [] },
    });
    passDeadline();
    await end;
    expect(await makeRun("succeed-at-once.sh", late)).toMatchObject({ outcome: "success" });
  });

  test("is waited for, and the deadline begins when it was had", async () => {
    await using directory = await makeTemporaryDirectory();
    const laneLock = { file: join(directory.path, "lane.lock"), timeoutSeconds: 30 };
    const { end, passDeadline } = await startHanging("hang-in-init.mjs", { runner: { laneLock } });
    const limits: number[] = [];
    const waiting = makeRun("say-nothing.sh", {
      deadlineSeconds: 0.05,
      runner: { laneLock, startSeconds: 5 },
      clock: {
        ...systemClock,
        after: (seconds, callback) => {
          limits.push(seconds);
          return systemClock.after(seconds, callback);
        },
      },
    });
    expect(limits).toEqual([35]);
    passDeadline();
    await end;
    expect(await waiting).toMatchObject({ outcome: "timeout", message: "the deadline passed" });
    expect(limits.slice(0, 2)).toEqual([35, 0.05]);
  });
});

describe("what a probe leaves behind", () => {
  test.each(["leave-a-child.sh", "leave-a-child-in-a-session.sh"])(
    "does not outlive the run: %s",
    async (probe) => {
      const end = await makeRun(probe);
      expect(end.outcome).toBe("success");
      expect(isRunning(numberSaid("child", end))).toBe(false);
    },
  );
});
