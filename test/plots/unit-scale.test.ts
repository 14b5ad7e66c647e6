import { expect, it } from "vitest";
import { formatValue } from "../../src/plots/unit-scale.ts";

it.each([
  [0.0009994, "seconds", "999 µs"],
  [0.0009996, "seconds", "1 ms"],
  [-0.0009996, "seconds", "-1 ms"],
  [0.9996, "seconds", "1 s"],
  [518 * 2 ** 20, "bytes", "518 MiB"],
  [2 ** 30, "bytes", "1 GiB"],
  [2 ** 30 - 1, "bytes", "1 GiB"],
  [0, "seconds", "0 µs"],
  [0.9996, "ratio", "100 %"],
] as const)("%d %s is written %s", (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});
