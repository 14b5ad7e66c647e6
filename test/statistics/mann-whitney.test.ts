import { describe, expect, test } from "vitest";
import { mannWhitney } from "../../src/statistics/mann-whitney.ts";

const upTo = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

// From scipy 1.17.1: mannwhitneyu(b, a, method="asymptotic"), two-sided and alternative="greater".
// The first is the example of its documentation, in which the other sample's U, 17, is told.
const scipy = [
  { a: [19, 22, 16, 29, 24], b: [20, 11, 17, 12], u: 3, p: 0.111_346_89, pAbove: 0.966_903_71 },
  { a: upTo(1, 8), b: upTo(5, 12), u: 56, p: 0.013_313, pAbove: 0.006_656_5 },
  {
    a: [1, 1, 1, 2, 2, 3],
    b: [2, 2, 3, 3, 3, 4, 4],
    u: 36.5,
    p: 0.026_387_17,
    pAbove: 0.013_193_59,
  },
  {
    a: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
    b: [1.15, 0.88, 0.9, 0.74, 1.21],
    u: 15,
    p: 0.244_623_61,
    pAbove: 0.900_775_35,
  },
  { a: upTo(1, 30), b: upTo(11, 40), u: 700, p: 0.000_224_484, pAbove: 0.000_112_242 },
  { a: [5, 6, 7], b: [5, 6, 7], u: 4.5, p: 1, pAbove: 0.590_261_51 },
];

describe("mannWhitney", () => {
  test.each(scipy)("says of $a and $b what scipy says", ({ a, b, u, p, pAbove }) => {
    const result = mannWhitney(a, b);
    expect(result.u).toBe(u);
    expect(result.p).toBeCloseTo(p, 6);
    expect(result.pAbove).toBeCloseTo(pAbove, 6);
  });

  test("is the same in both directions, but for the side", () => {
    const [a, b] = [upTo(1, 30), upTo(11, 40)];
    expect(mannWhitney(b, a)).toMatchObject({ u: 900 - 700, p: mannWhitney(a, b).p });
    expect(mannWhitney(b, a).pAbove).toBeGreaterThan(0.999);
  });

  test("finds nothing between equal values", () => {
    expect(mannWhitney([2, 2, 2], [2, 2])).toEqual({ u: 3, p: 1, pAbove: 1 });
  });

  test("neither sorts nor changes what it is given", () => {
    const [a, b] = [
      [3, 1, 2],
      [6, 5, 4],
    ];
    mannWhitney(a, b);
    expect({ a, b }).toEqual({ a: [3, 1, 2], b: [6, 5, 4] });
  });
});
