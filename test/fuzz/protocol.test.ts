import {
  array,
  type Arbitrary,
  constantFrom,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
} from "fast-check";
import { describe, expect, test } from "vitest";
import { createFold } from "../../src/protocol/fold.ts";
import type { Report } from "../../src/protocol/report.ts";
import { harm } from "./damage.ts";
import { fuzz, FUZZ_LIMIT_MS, watched } from "./fuzz.ts";
import { hostileLine } from "./hostile-lines.ts";
import { instancePlan, mix, type Plan, tell } from "./stories.ts";

const run = tuple(
  array(instancePlan, { minLength: 1, maxLength: 4 }),
  array(nat(3), { maxLength: 80 }),
);

describe("a run that breaks no rule", () => {
  test(
    "loses nothing in its report, however its instances' lines are mixed",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(
        property(run, ([plans, turns]) => {
          const { report, refused } = fold(mix(plans.map(tell), turns), plans.length);
          expect(refused).toBe(0);
          expect(report.problem).toBeUndefined();
          expect(report.instances.map(({ instance }) => instance)).toEqual([...plans.keys()]);
          expect(report.instances.map(summarize)).toEqual(plans.map(expectSummary));
        }),
      );
    },
  );
});

describe("a run with lines that are lost, repeated, moved, broken or foreign", () => {
  const damage = array(
    record({
      how: constantFrom("lose", "repeat", "move", "replace", "cut", "garble"),
      at: nat(10_000),
      other: nat(10_000),
      line: hostileLine,
    }),
    { minLength: 1, maxLength: 5 },
  );

  test(
    "keeps what could be taken, says what could not, and is folded at once",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(
        property(run, damage, ([plans, turns], damages) => {
          const lines = damages.reduce(harm, mix(plans.map(tell), turns));
          const { report, taken, refused } = watched(() => fold(lines, plans.length));
          expect(report.problem === undefined).toBe(refused === 0);
          expect((report.problem ?? "").length).toBeLessThan(5000);
          const { problem: _, ...rest } = report;
          expect(fold(taken, plans.length)).toMatchObject({ refused: 0, report: rest });
          expect(countOf(report, "samples")).toBe(count(taken, '"type":"sample"'));
          expect(report.instances.filter(({ result }) => result).length).toBe(
            count(taken, '"type":"result"'),
          );
          expect(report.instances.filter(({ reaped }) => reaped).length).toBe(
            count(taken, '"type":"reaped"'),
          );
        }),
      );
    },
  );
});

describe("a flood of lines", () => {
  const flood: Arbitrary<readonly string[]> = oneof(
    array(hostileLine, { maxLength: 30 }),
    string({ unit: "binary", maxLength: 50 }).map((text) => [text, "{".repeat(5_000_000)]),
  );

  test("is refused line by line, and leaves no instance behind", { timeout: FUZZ_LIMIT_MS }, () => {
    fuzz(
      property(flood, (lines) => {
        const { report, taken } = watched(() => fold(lines, 4));
        expect(report.instances.length).toBeLessThanOrEqual(taken.length);
      }),
      0.1,
    );
  });
});

interface Folded {
  readonly report: Report;
  readonly taken: readonly string[];
  readonly refused: number;
}

function fold(lines: readonly string[], instances: number): Folded {
  const folded = createFold(instances);
  const taken = lines.filter((line) => folded.push(line).ok);
  return { report: folded.report(), taken, refused: lines.length - taken.length };
}

function summarize({ phases, samples, result }: Report["instances"][number]): object {
  return {
    phases: phases.map(({ phase }) => phase),
    samples: samples.map(({ value }) => value),
    outcome: result?.outcome ?? "none",
  };
}

/** JSON knows no -0. */
function expectSummary({ phases, samples, outcome }: Plan): object {
  const exit = outcome === "none" ? [] : ["exit"];
  return {
    phases: ["spawn", ...phases, ...exit],
    samples: samples.map((value) => value + 0),
    outcome,
  };
}

function count(lines: readonly string[], text: string): number {
  return lines.filter((line) => line.includes(text)).length;
}

function countOf({ instances }: Report, what: "samples"): number {
  return instances.reduce((sum, instance) => sum + instance[what].length, 0);
}
