import { expect, test } from "vitest";
import { problems } from "./fixtures.ts";

test("of problems without number the first hundred are told, and how many there are besides", () => {
  const found = problems(`probes:\n${"- \n".repeat(5000)}`);
  expect(found).toHaveLength(101);
  expect(found.at(-1)).toBe("cudaprobe.yml:102:3: 4900 problems more from here on");
});

test("a hundred are told one by one", () => {
  const found = problems(`probes:\n${"- \n".repeat(100)}`);
  expect(found).toHaveLength(100);
  expect(found.at(-1)).toContain("probes[99]");
});

test("a value of any length is shown in part", () => {
  const [found = ""] = problems(`probes: []\ngates: { min_free_memory: "${"x".repeat(9000)}" }`);
  expect(found).toContain('x…" is not a size: write a number and one of B');
  expect(found.length).toBeLessThan(300);
});

test("what is more than any number is not called null", () => {
  expect(problems("probes: []\nlimits: { history: 1e999 }")).toEqual([
    expect.stringContaining("Infinity is not allowed"),
  ]);
});
