import {
  array,
  type Arbitrary,
  constantFrom,
  double,
  integer,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
} from "fast-check";
import { describe, expect, test } from "vitest";
import { createFold } from "../../src/protocol/fold.ts";
import { REASONS } from "../../src/protocol/reasons.ts";
import type { Report } from "../../src/protocol/report.ts";
import { fuzz, FUZZ_LIMIT_MS, watched } from "./fuzz.ts";
import { hostileLine } from "./hostile-lines.ts";

const PHASES = ["load_driver", "init", "context", "allocate"] as const;

/** What one instance says, without its number; when which line of which instance comes is the run's. */
const instancePlan = record({
  phases: array(constantFrom(...PHASES), { maxLength: 4 }),
  samples: array(double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 4 }),
  outcome: constantFrom("success", "failure", "skipped", "none"),
  reason: constantFrom(...REASONS),
  signal: integer({ min: 0, max: 64 }),
});

interface Plan {
  readonly phases: readonly string[];
  readonly samples: readonly number[];
  readonly outcome: string;
  readonly reason: string;
  readonly signal: number;
}

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

/** The lines of an instance, stamps a tenth of a second apart. */
function tell(plan: Plan, instance: number): readonly string[] {
  let ticks = 0;
  const at = (): number => (ticks += 1) / 10;
  const say = (type: string, more: object): string => JSON.stringify({ type, instance, ...more });
  const pid = 100 + instance;
  const end = plan.signal === 0 ? { exit_code: 0 } : { signal: plan.signal };
  return [
    say("spawned", { at_seconds: at(), pid }),
    say("hello", { protocol: 1, probe: "p", pid, build: "b" }),
    say("end", { phase: "spawn", at_seconds: at() }),
    ...plan.phases.flatMap((phase) => [
      say("begin", { phase, at_seconds: at() }),
      say("end", { phase, at_seconds: at(), major_faults: 1 }),
    ]),
    ...plan.samples.map((value) => say("sample", { name: "bytes", value })),
    ...tellResult(plan).map((fields) => say("result", fields)),
    say("reaped", {
      at_seconds: at(),
      pid,
      ...end,
      cpu_seconds: 0,
      major_faults: 0,
      max_rss_bytes: 0,
    }),
  ];
}

function tellResult({ outcome, reason }: Plan): readonly object[] {
  if (outcome === "none") return [];
  return [outcome === "success" ? { outcome } : { outcome, reason }];
}

/** The stories as one: the next line of the story whose turn it is, and what is left in the end. */
function mix(stories: readonly (readonly string[])[], turns: readonly number[]): readonly string[] {
  const left = stories.map((story) => [...story]);
  const early = turns.flatMap((turn) => left[turn % left.length]?.shift() ?? []);
  return [...early, ...left.flat()];
}

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

interface Damage {
  readonly how: string;
  readonly at: number;
  readonly other: number;
  readonly line: string;
}

function harm(lines: readonly string[], { how, at, other, line }: Damage): readonly string[] {
  const copy = [...lines];
  const index = at % Math.max(1, lines.length);
  const old = lines[index] ?? "";
  const cut = other % (old.length + 1);
  if (how === "lose") copy.splice(index, 1);
  if (how === "repeat") copy.splice(other % (lines.length + 1), 0, old);
  if (how === "move") copy.splice(other % (lines.length + 1), 0, ...copy.splice(index, 1));
  if (how === "replace") copy[index] = line;
  if (how === "cut") copy[index] = old.slice(0, cut);
  if (how === "garble") copy[index] = old.slice(0, cut) + line.slice(0, 3) + old.slice(cut + 1);
  return copy;
}

function count(lines: readonly string[], text: string): number {
  return lines.filter((line) => line.includes(text)).length;
}

function countOf({ instances }: Report, what: "samples"): number {
  return instances.reduce((sum, instance) => sum + instance[what].length, 0);
}
