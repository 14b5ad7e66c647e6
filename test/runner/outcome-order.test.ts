import { describe, expect, test } from "vitest";
import { OUTCOMES, type Outcome } from "../../src/protocol/outcomes.ts";
import { classify } from "../../src/runner/classify.ts";
import type { Settlement } from "../../src/runner/settlement.ts";
import { killedBy, success, withInstances } from "../support/settlements.ts";

/** What has to hold for an outcome, on top of whatever else holds. */
const HOLDS: Record<Exclude<Outcome, "success" | "failure" | "skipped">, Holds> = {
  not_started: (run) => ({ ...run, launcher: { kind: "exited", code: 127 } }),
  hung: (run) => ({ ...run, hung: true }),
  timeout: (run) => ({ ...run, cause: "deadline" }),
  bad_output: (run) => ({ ...run, report: { ...run.report, problem: "line 1: it is no JSON" } }),
  crashed: (run) => ({
    ...run,
    report: {
      ...run.report,
      instances: run.report.instances.map((own) => ({ ...own, reaped: killedBy(11) })),
    },
  }),
};

type Holds = (run: Settlement) => Settlement;

const WRONG = ["not_started", "hung", "timeout", "bad_output", "crashed"] as const;
const OWN = ["success", "failure", "skipped"] as const;

describe("of all outcomes that hold, the first is the run's", () => {
  test("and their order is that of the list", () => {
    expect([...WRONG, ...OWN]).toEqual([...OUTCOMES]);
  });

  const pairs = WRONG.flatMap((first, index) =>
    WRONG.slice(index).map((second) => [first, second]),
  );

  test.each(pairs.map(([first = "hung", second = "hung"]) => ({ first, second })))(
    "$first, also when $second holds",
    ({ first, second }) => {
      expect(classify(HOLDS[first](HOLDS[second](success))).outcome).toBe(first);
      expect(classify(HOLDS[second](HOLDS[first](success))).outcome).toBe(first);
    },
  );

  test.each(WRONG.flatMap((first) => OWN.map((own) => ({ first, own }))))(
    "$first, also when the probe reports $own",
    ({ first, own }) => {
      const result =
        own === "success" ? { outcome: own } : { outcome: own, reason: "oom" as const };
      const verdict = classify(HOLDS[first](withInstances({ result })));
      expect(verdict).toMatchObject({ outcome: first, reason: first });
    },
  );

  test("a success when none of the others holds, without a reason", () => {
    expect(classify(success)).toEqual({ outcome: "success" });
  });
});

describe("a cancelled run", () => {
  test.each([
    ["bad_output", "cancelled"],
    ["crashed", "cancelled"],
    ["hung", "hung"],
  ] as const)("that is %s has the reason %s", (outcome, reason) => {
    const run = HOLDS[outcome]({ ...success, cause: "cancelled" });
    expect(classify(run)).toMatchObject({ outcome, reason });
  });

  test("that succeeded has none", () => {
    expect(classify({ ...success, cause: "cancelled" })).toEqual({ outcome: "success" });
  });
});
