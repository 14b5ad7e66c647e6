import { describe, expect, test } from "vitest";
import { formatComparison } from "../../src/commands/compare-formats.ts";
import { compareRuns, type RunComparison } from "../../src/comparison/compare-runs.ts";
import type { RunFile } from "../../src/comparison/run-file.ts";
import { isWorse, verdictOf, verdictOfAll } from "../../src/comparison/verdict.ts";
import { runFile, starts } from "./run-files.ts";

/** A curve with starts of so many seconds at each value, 20 unless said. */
function curve(points: Readonly<Record<string, number>>, count = 20): RunFile {
  const iterations = Object.entries(points).flatMap(([value, seconds]) =>
    starts(seconds, count).map((run) => ({ ...run, point: Number(value) })),
  );
  const concurrency = Object.keys(points).join(",");
  const options = { runtime: "driver", concurrency };
  return runFile(iterations, { curve: "concurrency", options });
}

function compare(a: RunFile, b: RunFile, figures: readonly string[] = []): RunComparison {
  const comparison = compareRuns(a, b, { threshold: 1.05, figures });
  if (!comparison.ok) throw new Error(comparison.error);
  return comparison.value;
}

function refusal(a: RunFile, b: RunFile): string {
  const comparison = compareRuns(a, b, { threshold: 1.05, figures: [] });
  return comparison.ok ? "" : comparison.error;
}

const before = curve({ 1: 0.2, 2: 0.4, 4: 0.8 });

describe("two curves", () => {
  test("are compared at each point by itself: one that is slower is not lost among the others", () => {
    const comparison = compare(before, curve({ 1: 0.2, 2: 0.4, 4: 1.2 }));
    const totals = comparison.figures.filter(({ decides }) => decides);
    expect(totals.map((figure) => [figure.point, figure.counts, verdictOf(figure)])).toEqual([
      [1, [20, 20], "not slower"],
      [2, [20, 20], "not slower"],
      [4, [20, 20], "slower"],
    ]);
    expect([verdictOfAll(comparison), isWorse(comparison)]).toEqual(["slower", true]);
    expect(isWorse(compare(before, before))).toBe(false);
  });

  test("need enough samples at each point: those of the others do not count", () => {
    const few = curve({ 1: 0.2, 2: 0.4, 4: 0.8 }, 10);
    const comparison = compare(few, few);
    expect(comparison.figures.map(verdictOf)).toEqual(Array(6).fill("inconclusive"));
  });

  test("are compared where both have a value, and no run elsewhere counts", () => {
    const comparison = compare(before, curve({ 4: 0.8, 8: 9 }));
    expect(comparison.figures.map(({ point }) => point)).toEqual([4, 4]);
    expect(comparison.counts.map(({ runs, compared }) => [runs, compared])).toEqual([
      [20, 20],
      [20, 20],
    ]);
    expect(comparison.facts).toContainEqual({ name: "concurrency", a: "1,2,4", b: "4,8" });
    expect(refusal(before, curve({ 8: 0.2 }))).toBe(
      "no concurrency is in both: A has 1, 2, 4; B has 8",
    );
  });

  test("have rows with the point's name, and the verdict says that one is enough", () => {
    const comparison = compare(before, curve({ 1: 0.2, 4: 1.2 }));
    const table = formatComparison(comparison, ["a", "b"], "table");
    expect(table).toMatch(/^concurrency 4: time to first result .* slower$/m);
    expect(table).toContain("B against A, by time to first result at any concurrency: slower\n");
    const json: unknown = JSON.parse(formatComparison(comparison, ["a", "b"], "json"));
    expect(json).toMatchObject({
      curve: "concurrency",
      figures: [{ concurrency: 1 }, {}, {}, { concurrency: 4, name: "time to first result" }],
    });
  });

  test("let a named figure decide at each point", () => {
    const comparison = compare(before, before, ["context"]);
    const deciding = comparison.figures.filter(({ decides }) => decides);
    expect(deciding.map(({ point, name }) => [point, name])).toEqual([
      [1, "context"],
      [2, "context"],
      [4, "context"],
    ]);
  });
});

describe("a curve and a single series", () => {
  test("are refused, whichever comes first", () => {
    const single = runFile(starts(0.2), { options: { runtime: "driver", concurrency: "4" } });
    const advice = ": make one series for each value";
    expect(refusal(single, before)).toBe(
      `A is a single series, B a curve over concurrency${advice}`,
    );
    expect(refusal(before, single)).toBe(
      `A is a curve over concurrency, B a single series${advice}`,
    );
    expect(refusal(single, single)).toBe("");
  });
});
