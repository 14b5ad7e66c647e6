import { expect, test } from "vitest";
import { clip } from "../../src/base/clip.ts";

test("a text that fits is left as it is", () => {
  expect(clip("abc", 3)).toBe("abc");
});

test("of a longer one the beginning is left, without half a character", () => {
  expect(clip("abcd", 3)).toBe("abc…");
  expect(clip("ab😀d", 3)).toBe("ab…");
});
