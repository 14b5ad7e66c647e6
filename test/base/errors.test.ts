import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { errorCode, errorText } from "../../src/base/errors.ts";

function caught(callback: () => unknown): unknown {
  try {
    return callback();
  } catch (error) {
    return error;
  }
}

describe("errorCode", () => {
  test("is the code of a system call's error", () => {
    expect(errorCode(caught(() => readFileSync("/nowhere")))).toBe("ENOENT");
  });

  test.each([
    [new Error("plain")],
    [Object.assign(new Error("odd"), { code: 7 })],
    ["text"],
    [null],
  ])("there is none on %s", (error) => {
    expect(errorCode(error)).toBeUndefined();
  });
});

describe("errorText", () => {
  test.each([
    [new Error("no such thing"), "no such thing"],
    ["text", "text"],
    [undefined, "undefined"],
  ])("%s says %s", (error, text) => {
    expect(errorText(error)).toBe(text);
  });
});
