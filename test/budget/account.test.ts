import { assert, array, constantFrom, double, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  affords,
  fill,
  keepTargets,
  openAccount,
  spend,
  totalOf,
  type Account,
  type Allowance,
} from "../../src/budget/account.ts";

const ALLOWANCE: Allowance = { perSecond: 0.02, capacity: 72 };
const IDS = ["cheap", "dear", "other"] as const;

interface Step {
  readonly seconds: number;
  readonly id: (typeof IDS)[number];
  readonly cost: number;
}

/** Makes every run that there is enough for; the costs of those that were made. */
function runThrough(steps: readonly Step[], allowance = ALLOWANCE): readonly Step[] {
  const made: Step[] = [];
  let account = openAccount(IDS, allowance);
  for (const step of steps) {
    account = fill(account, step.seconds, allowance);
    const expected = account.shares[step.id]?.lastCost ?? 0;
    if (!affords(account, { targetId: step.id, cost: expected }, allowance)) continue;
    account = spend(account, step.id, step.cost);
    made.push(step);
  }
  return made;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const steps = array(
  record({
    seconds: double({ min: 0, max: 300, noNaN: true }),
    id: constantFrom(...IDS),
    cost: double({ min: 0, max: 120, noNaN: true }),
  }),
  { maxLength: 200 },
);

describe("an account", () => {
  it("never lets more be used than the allowance and one run, whatever runs cost", () => {
    assert(
      property(steps, (all) => {
        const used = sum(runThrough(all).map(({ cost }) => cost));
        const dearest = Math.max(0, ...all.map(({ cost }) => cost));
        const seconds = sum(all.map((step) => step.seconds));
        const allowed = ALLOWANCE.capacity + ALLOWANCE.perSecond * seconds;
        expect(used).toBeLessThanOrEqual(allowed + dearest + 1e-6);
      }),
    );
  });

  it("never has more than its capacity, and loses nothing when targets come and go", () => {
    assert(
      property(steps, array(constantFrom(...IDS)), (all, ids) => {
        let account: Account = openAccount(IDS, ALLOWANCE);
        for (const { id, seconds, cost } of all) {
          account = spend(fill(account, seconds, ALLOWANCE), id, cost);
          expect(totalOf(account)).toBeLessThanOrEqual(ALLOWANCE.capacity + 1e-6);
        }
        const kept = keepTargets(account, [...new Set(ids)]);
        expect(totalOf(kept)).toBeCloseTo(totalOf(account), 6);
      }),
    );
  });

  it("lets everything through that stays within the allowance in the long run", () => {
    // Each minute 0.4 s, each ten minutes 1 s twice: 1 % of the time.
    const day = Array.from({ length: 1440 }, (_, minute): readonly Step[] => [
      { seconds: 60, id: "cheap", cost: 0.4 },
      ...(minute % 10 === 0
        ? ([
            { seconds: 0, id: "dear", cost: 1 },
            { seconds: 0, id: "other", cost: 1 },
          ] as const)
        : []),
    ]).flat();
    expect(runThrough(day)).toHaveLength(day.length);
  });

  it("lets neither a dear target starve a cheap one nor the other way round", () => {
    // Each minute both: the cheap one wants 1.7 % of the time, the dear one half of it.
    const cheap: Step = { seconds: 60, id: "cheap", cost: 1 };
    const dear: Step = { seconds: 0, id: "dear", cost: 30 };
    const day = Array.from({ length: 1440 }, () => [cheap, dear]).flat();
    const made = runThrough(day);
    const usedBy = (id: string): number =>
      sum(made.flatMap((step) => (step.id === id ? step.cost : [])));
    // A third of what a day adds is for each of three in any case.
    const third = (1440 * 60 * ALLOWANCE.perSecond) / 3;
    expect(usedBy("cheap")).toBeGreaterThan(0.9 * third);
    expect(usedBy("dear")).toBeGreaterThan(0.9 * third);
  });

  it("gives what a target does not want to those that do", () => {
    const greedy = Array.from({ length: 1440 }, (): Step => ({
      seconds: 60,
      id: "cheap",
      cost: 2,
    }));
    const used = sum(runThrough(greedy).map(({ cost }) => cost));
    expect(used).toBeGreaterThan(0.95 * 1440 * 60 * ALLOWANCE.perSecond);
  });

  it("makes nothing while anything is owed", () => {
    const owing = spend(openAccount(IDS, ALLOWANCE), "dear", 100);
    const cheap = { targetId: "cheap", cost: 0 };
    expect(totalOf(owing)).toBeCloseTo(-28, 6);
    expect(affords(owing, cheap, ALLOWANCE)).toBe(false);
    expect(affords(fill(owing, 1300, ALLOWANCE), cheap, ALLOWANCE)).toBe(false);
    expect(affords(fill(owing, 1500, ALLOWANCE), cheap, ALLOWANCE)).toBe(true);
  });

  it("is not filled by time that goes backwards", () => {
    const used = spend(openAccount(IDS, ALLOWANCE), "dear", 10);
    expect(fill(used, -3600, ALLOWANCE)).toEqual(used);
  });
});
