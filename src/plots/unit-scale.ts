import type { Unit } from "./chart.ts";

/** A unit with the prefix that an axis is best read in. */
export interface UnitScale {
  /** What stands behind a number; empty for a count. */
  readonly symbol: string;
  /** Base units in one of these. */
  readonly factor: number;
}

const DIGITS = 3;

type Step = readonly [symbol: string, factor: number];

const STEPS: Readonly<Record<Unit, readonly [Step, ...Step[]]>> = {
  seconds: [
    ["s", 1],
    ["ms", 1e-3],
    ["µs", 1e-6],
  ],
  bytes: [
    ["TiB", 2 ** 40],
    ["GiB", 2 ** 30],
    ["MiB", 2 ** 20],
    ["KiB", 2 ** 10],
    ["B", 1],
  ],
  ratio: [["%", 0.01]],
  count: [["", 1]],
};

/** The largest prefix in which the value is 1 or more when it is rounded, so that none reads 1000 µs; else the smallest. */
export function unitScale(unit: Unit, value: number): UnitScale {
  const steps = STEPS[unit];
  const [symbol, factor] =
    steps.find(([, size]) => Number((value / size).toPrecision(DIGITS)) >= 1) ??
    steps.at(-1) ??
    steps[0];
  return { symbol, factor };
}

/** Three digits with the prefix that suits: `231 ms`, `518 MiB`, `99.6 %`. */
export function formatValue(value: number, unit: Unit): string {
  const { symbol, factor } = unitScale(unit, Math.abs(value));
  if (value === 0) return withSymbol("0", symbol);
  return withSymbol(String(Number((value / factor).toPrecision(DIGITS))), symbol);
}

/** A number and what it is of. */
export function withSymbol(number: string, symbol: string): string {
  return symbol === "" ? number : `${number} ${symbol}`;
}
