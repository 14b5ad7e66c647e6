import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLineSplitter } from "../../src/runner/split-lines.ts";

function split(chunks: readonly (string | Buffer)[]): readonly string[] {
  const splitter = createLineSplitter();
  const lines = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)));
  return [...lines, splitter.rest()];
}

describe("createLineSplitter", () => {
  test.each([
    [["a\nb\n"], ["a", "b", ""]],
    [["a\nb"], ["a", "b"]],
    [
      ["a", "b", "\n", "c"],
      ["ab", "c"],
    ],
    [["\n\n"], ["", "", ""]],
    [[], [""]],
    [["a\r\n"], ["a\r", ""]],
  ])("%j is %j", (chunks, lines) => {
    expect(split(chunks)).toEqual(lines);
  });

  test("a character that is cut by the end of a chunk is whole again", () => {
    const [first, second] = [Buffer.from("é\n").subarray(0, 1), Buffer.from("é\n").subarray(1)];
    expect(split([first, second])).toEqual(["é", ""]);
  });

  test("bytes that are no UTF-8 do not stop it", () => {
    expect(split([Buffer.from([0xff, 0x0a])])).toEqual(["\u{fffd}", ""]);
  });

  test("tells how much it keeps", () => {
    const splitter = createLineSplitter();
    splitter.push(Buffer.from("a\nbcd"));
    splitter.push(Buffer.from("e"));
    expect(splitter.pendingBytes()).toBe(4);
    splitter.push(Buffer.from("\n"));
    expect(splitter.pendingBytes()).toBe(0);
  });

  test("the lines are the same however the text is cut into chunks", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "\n", "😀") });
    fc.assert(
      fc.property(text, fc.array(fc.nat(20)), (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const chunks: Buffer[] = [];
        let start = 0;
        for (const length of cuts) chunks.push(bytes.subarray(start, (start += length)));
        chunks.push(bytes.subarray(start));
        expect(split(chunks)).toEqual(whole.split("\n"));
      }),
    );
  });
});
