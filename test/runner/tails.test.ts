import { describe, expect, test } from "vitest";
import { createTextTail, createTranscriptTail } from "../../src/runner/tails.ts";

describe("createTranscriptTail", () => {
  test("keeps all lines while they are few", () => {
    expect(keepLines(["a", "b", "c"])).toEqual(["a", "b", "c"]);
  });

  test("keeps the last ones when they are many", () => {
    expect(keepLines(["a", "b", "c", "d", "e"])).toEqual(["c", "d", "e"]);
  });

  test("counts bytes, not characters, and the ends of lines too", () => {
    expect(keepLines(["éé", "éé"], { lines: 9, bytes: 10 })).toEqual(["éé", "éé"]);
    expect(keepLines(["éé", "éé"], { lines: 9, bytes: 9 })).toEqual(["éé"]);
  });

  test("cuts a line that is none of the protocol", () => {
    const [line = ""] = keepLines(["x".repeat(5000)], { lines: 3, bytes: 64 * 1024 });
    expect(line).toBe(`${"x".repeat(4096)}…`);
  });

  test("what it has given does not change", () => {
    const tail = createTranscriptTail({ lines: 1, bytes: 100 });
    tail.push("a");
    const lines = tail.lines();
    tail.push("b");
    expect(lines).toEqual(["a"]);
  });
});

describe("createTextTail", () => {
  test.each([
    [[], 4, ""],
    [["ab"], 4, "ab"],
    [["ab", "cd", "e"], 4, "bcde"],
    [["abcdefgh"], 4, "efgh"],
    [["a", "bcdefgh"], 4, "efgh"],
  ])("of %j the last %d bytes are %j", (chunks, bytes, text) => {
    expect(keepBytes(chunks, bytes)).toBe(text);
  });

  test("begins with a whole character", () => {
    expect(keepBytes(["aé😀"], 6)).toBe("é😀");
    expect(keepBytes(["aé😀"], 5)).toBe("😀");
    expect(keepBytes(["aé😀"], 3)).toBe("");
  });
});

function keepLines(lines: readonly string[], limits = { lines: 3, bytes: 100 }): readonly string[] {
  const tail = createTranscriptTail(limits);
  lines.forEach(tail.push);
  return tail.lines();
}

function keepBytes(chunks: readonly string[], bytes: number): string {
  const tail = createTextTail(bytes);
  for (const chunk of chunks) tail.push(Buffer.from(chunk));
  return tail.text();
}
