import { describe, expect, test } from "vitest";
import type { InstanceReport } from "../../src/protocol/report.ts";
import { classify } from "../../src/runner/classify.ts";
import type { Settlement } from "../../src/runner/settlement.ts";
import { ended, instance, killedBy, success, withInstances } from "../support/settlements.ts";

describe("a launcher that ended", () => {
  test.each([
    [2, "not_started", "not_started"],
    [127, "not_started", "not_started"],
    [75, "skipped", "lane_busy"],
    [1, "crashed", "launcher_lost"],
    [134, "crashed", "launcher_lost"],
  ])("with exit code %d before it started anything is %s, %s", (code, outcome, reason) => {
    const run: Settlement = {
      ...success,
      report: { instances: [] },
      launcher: { kind: "exited", code },
    };
    expect(classify(run)).toMatchObject({ outcome, reason });
  });

  test("has its last words as the message, else its exit code", () => {
    const run: Settlement = { ...success, launcher: { kind: "exited", code: 127 } };
    expect(classify(run).message).toBe("the launcher ended with exit code 127");
    expect(classify({ ...run, stderr: "first\nlast\n\n" }).message).toBe("last");
  });

  test("by a signal that we did not send it is lost", () => {
    const lost: Settlement = { ...success, launcher: { kind: "signalled", signal: "SIGKILL" } };
    expect(classify(lost)).toMatchObject({ outcome: "crashed", reason: "launcher_lost" });
    const sent = { toLauncher: ["SIGTERM" as const], toGroup: ["SIGKILL" as const] };
    expect(classify({ ...lost, sent })).toMatchObject({ reason: "launcher_lost" });
  });

  test("and reaped fewer than were asked for, or none, is bad output", () => {
    const { reaped: _reaped, ...unreaped } = instance;
    for (const instances of [[], [unreaped]]) {
      expect(classify({ ...success, report: { instances } })).toMatchObject({
        outcome: "bad_output",
        message: "0 of 1 instances were reaped",
      });
    }
  });
});

describe("a probe that ended", () => {
  test("by a signal of ours and without a word was cancelled", () => {
    const { result: _result, ...silent } = instance;
    const run: Settlement = {
      ...success,
      cause: "cancelled",
      sent: { toLauncher: [], toGroup: ["SIGTERM", "SIGCONT"] },
      report: { instances: [{ ...silent, reaped: killedBy(15) }] },
    };
    expect(classify(run)).toEqual({ outcome: "failure", reason: "cancelled" });
  });

  test("by SIGKILL before we sent that has crashed", () => {
    const run: Settlement = {
      ...withInstances({ reaped: killedBy(9), openPhase: "context" }),
      cause: "cancelled",
      sent: { toLauncher: [], toGroup: ["SIGTERM", "SIGCONT"] },
    };
    expect(classify(run)).toEqual({
      outcome: "crashed",
      reason: "cancelled",
      phase: "context",
      message: "ended by SIGKILL",
    });
  });

  test("by a signal that has no name has crashed too", () => {
    expect(classify(withInstances({ reaped: killedBy(40) })).message).toBe("ended by signal 40");
  });

  test("with an exit code that is none of a result's is judged by its result", () => {
    expect(classify(withInstances({ reaped: { ...ended, exitCode: 3 } })).outcome).toBe("success");
  });
});

describe("the phase of a run that was no success", () => {
  test("is that of the result, else the open one", () => {
    const result = { outcome: "failure", reason: "oom" } as const;
    const run = (own: Partial<InstanceReport>) => classify(withInstances({ result, ...own }));
    expect(run({ result: { ...result, phase: "allocate" }, openPhase: "x" }).phase).toBe(
      "allocate",
    );
    expect(run({ openPhase: "context" }).phase).toBe("context");
    expect(run({})).not.toHaveProperty("phase");
  });

  test("is that of the instance that had not ended, or crashed", () => {
    const { reaped: _reaped, result: _result, ...running } = instance;
    const run: Settlement = {
      ...success,
      cause: "deadline",
      instances: 2,
      report: { instances: [instance, { ...running, instance: 1, openPhase: "context" }] },
    };
    expect(classify(run)).toMatchObject({ outcome: "timeout", phase: "context" });
    const crash = withInstances({}, { reaped: killedBy(11), openPhase: "init" });
    expect(classify(crash)).toMatchObject({ outcome: "crashed", phase: "init" });
  });
});

describe("of several instances", () => {
  const failure = { outcome: "failure", reason: "oom", code: "X", message: "no" } as const;
  const skipped = { outcome: "skipped", reason: "compute_mode" } as const;

  test("a failure counts before a skip, and a skip before a success", () => {
    expect(classify(withInstances({}, { result: skipped }, { result: failure }))).toEqual(failure);
    expect(classify(withInstances({}, { result: skipped }))).toEqual(skipped);
    expect(classify(withInstances({}, {}))).toEqual({ outcome: "success" });
  });
});
