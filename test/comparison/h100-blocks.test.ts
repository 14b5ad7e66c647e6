import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { compareSamples, type Judgement } from "../../src/statistics/compare-samples.ts";

const file = resolve(import.meta.dirname, "../fixtures/h100-cold-starts.csv");
const [, header = "", ...rows] = (await readFile(file, "utf8")).trimEnd().split("\n");
const THRESHOLD = 1.05;

function column(name: string): readonly number[] {
  const index = header.split(",").indexOf(name);
  return rows.map((row) => Number(row.split(",")[index]) / 1000);
}

type Block = readonly number[];

/** A series cut into blocks of neighbours, and every two of them in the order in which they were measured. */
function pairs(values: readonly number[], size: number): readonly (readonly [Block, Block])[] {
  const blocks = Array.from({ length: Math.floor(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
  return blocks.flatMap((earlier, index) =>
    blocks.slice(index + 1).map((later) => [earlier, later] as const),
  );
}

/** How often it is said, of comparisons of each block with a later one that is so many times as long as it was. */
function rateOf(
  said: readonly Judgement[],
  blocks: ReturnType<typeof pairs>,
  factor: number,
): number {
  const judgements = blocks.map(
    ([earlier, later]) =>
      compareSamples(
        earlier,
        later.map((value) => value * factor),
        THRESHOLD,
      ).judgement,
  );
  return judgements.filter((judgement) => said.includes(judgement)).length / blocks.length;
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}

test("the recorded series is 700 cold starts of between 0.18 and 0.4 s", () => {
  const total = column("total_ms");
  expect(total).toHaveLength(700);
  expect(Math.min(...total)).toBeGreaterThan(0.18);
  expect(Math.max(...total)).toBeLessThan(0.4);
});

describe.each([20, 25, 30, 40])("blocks of %i real cold starts in their order", (size) => {
  const blocks = pairs(column("total_ms"), size);
  const said = { pairs: blocks.length, rate: expect.any(String) };

  test("of one series are called slower or faster at most twice in a hundred", () => {
    const rate = rateOf(["higher", "lower"], blocks, 1);
    const seen = { pairs: blocks.length, rate: percent(rate), isLow: rate <= 0.02 };
    expect(seen).toEqual({ ...said, isLow: true });
  });

  test("are found slower when they take 15 % longer, 95 times in a hundred", () => {
    const rate = rateOf(["higher"], blocks, 1.15);
    const seen = { pairs: blocks.length, rate: percent(rate), isHigh: rate >= 0.95 };
    expect(seen).toEqual({ ...said, isHigh: true });
  });

  test("are found faster when they take 15 % less, 95 times in a hundred", () => {
    const rate = rateOf(["lower"], blocks, 1 / 1.15);
    const seen = { pairs: blocks.length, rate: percent(rate), isHigh: rate >= 0.95 };
    expect(seen).toEqual({ ...said, isHigh: true });
  });
});

test("the usual p and the ratio alone would tell blocks of 20 apart far too often", () => {
  const blocks = pairs(column("total_ms"), 20);
  const apart = blocks.filter(([earlier, later]) => {
    const { p = 1, ratio = 1 } = compareSamples(earlier, later, THRESHOLD);
    return p < 0.01 && Math.max(ratio, 1 / ratio) >= THRESHOLD;
  });
  expect(apart.length / blocks.length).toBeCloseTo(0.082, 2);
});
