import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.ts";
import { source } from "./fixtures.ts";

/** What configs and YAML's odder corners are made of. */
const PIECES = [
  ..."probes: gates: name: kind: schedule: gpus: cold_start start 0 1GiB null".split(" "),
  ...": - # [ ] { } , & * ! | > ' \" % @ ~ ? << __proto__ !!set".split(" "),
  "\n",
  "\n  ",
  "\n  - ",
  "\t",
  " ",
];

describe("parseConfig", () => {
  it("ends any text in a config or in problems with places, and never throws", () => {
    const parts = array(constantFrom(...PIECES), { maxLength: 40 });
    const check = property(parts, (pieces) => {
      const parsed = parseConfig(source(pieces.join("")));
      const problems = parsed.ok ? [] : parsed.error;
      expect(parsed.ok).toBe(problems.length === 0);
      expect(problems.every(({ line, column }) => line > 0 && column > 0)).toBe(true);
    });
    assert(check, { numRuns: 1000 });
  });
});
