import { describe, expect, it } from "vitest";
import { parseYaml } from "../../src/config/syntax.ts";

describe("parseYaml", () => {
  it("reads a mapping", () => {
    const parsed = parseYaml("probes: []\n");
    expect(parsed.ok && parsed.value.document.toJS()).toEqual({ probes: [] });
  });

  it.each([
    ["a key that is there twice", "a: 1\na: 2\n", "2:1 this key is there twice in its mapping"],
    ["a tab", "a:\n\t- b\n", "2:1 tabs cannot indent YAML: use spaces"],
    [
      "an alias",
      "a: &x 1\nb: *x\n",
      '2:4 a value that begins with * must be in quotes, such as b: "',
    ],
    ["an alias in a list", "a: &x 1\nb:\n  - *x\n", "3:5 aliases (*name) are not allowed"],
    ["a second document", "a: 1\n---\nb: 2\n", "2:1 only one document is allowed: remove this ---"],
    ["an empty file", "", "1:1 the file is empty: it needs at least the key probes"],
    ["a file of comments", "# nothing\n", "1:1 the file is empty"],
    ["a list", "- a\n", "1:1 the file must be a mapping of keys"],
    ["one word", "probes\n", "1:1 the file must be a mapping of keys"],
    ["an alias alone", "*x\n", "1:1 aliases (*name) are not allowed"],
    ["an unknown tag", "a: !secret b\n", "1:4 this is not valid YAML: Unresolved tag"],
    ["a list that does not end", "a: [1,\n", "2:1 this is not valid YAML"],
  ])("refuses %s", (_, text, expected) => {
    const parsed = parseYaml(text);
    const found = parsed.ok ? [] : parsed.error;
    expect(
      found.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`),
    ).toEqual([expect.stringContaining(expected)]);
  });

  it.each(["* * * * *", "*/5 * * * *", "*"])(
    "explains that the schedule %s needs quotes, in one problem and not five",
    (schedule) => {
      const parsed = parseYaml(`probes:\n  - name: a\n    schedule: ${schedule}\n`);
      expect(parsed).toMatchObject({
        ok: false,
        error: [
          {
            line: 3,
            message: 'a value that begins with * must be in quotes, such as schedule: "* * * * *"',
          },
        ],
      });
    },
  );

  it("does not lose count of lines behind a mistake that spans two", () => {
    const parsed = parseYaml("\n- # x\np:\n  - n: t\n__proto__\n  - m: u\n    k: v\n");
    const lines = parsed.ok ? [] : parsed.error.map(({ line }) => line);
    expect(lines).toEqual([3, 4, 5, 6, 7]);
  });

  it.each(["__proto__: 1", "a: { __proto__: { b: 1 } }", '"__proto__": 1', "[{ __proto__: 1 }]"])(
    "refuses the one key that would be left out in silence: %s",
    (value) => {
      expect(
        parseYaml(`x: 1\ny: { z: ${value.startsWith("[") ? value : `{ ${value} }`} }`),
      ).toEqual({
        ok: false,
        error: [expect.objectContaining({ line: 2, message: "the key __proto__ is not allowed" })],
      });
    },
  );

  it.each([
    ["a file that is larger than any config", `a: 1 # ${"x".repeat(256 * 1024)}`, "too large"],
    ["lists that are nested too deeply", `a: ${"[".repeat(200_000)}`, "nested too deeply"],
    ["mappings in a line", `a: ${"{b: ".repeat(50_000)}`, "nested too deeply"],
    ["lists of lists in blocks", "- ".repeat(100_000), "nested too deeply"],
    ["keys of keys", "? ".repeat(100_000), "nested too deeply"],
  ])("refuses %s in words", (_, text, message) => {
    expect(parseYaml(text)).toMatchObject({
      ok: false,
      error: [{ line: 1, message: expect.stringContaining(message) }],
    });
  });

  it("says where it has become too deep, and takes what is not", () => {
    expect(parseYaml(deep(20)).ok).toBe(true);
    expect(parseYaml(deep(200))).toMatchObject({
      ok: false,
      error: [{ line: expect.toSatisfy((line: number) => line > 20 && line <= 101) }],
    });
  });

  it("reports mistakes of several lines", () => {
    const parsed = parseYaml("a: 1\na: 2\nb: 1\nb: 2\n");
    expect(!parsed.ok && parsed.error.map(({ line }) => line)).toEqual([2, 4]);
  });
});

/** A mapping in a mapping and so on, each in a line of its own. */
function deep(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:\n`);
  return `${lines.join("")}${" ".repeat(levels)}b\n`;
}
