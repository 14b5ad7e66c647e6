import { describe, expect, it } from "vitest";
import {
  formatDuration,
  formatExactSize,
  formatSize,
  parseDuration,
  parseSize,
  formatSpan,
} from "../../src/base/units.ts";

describe("parseSize", () => {
  it.each([
    ["64MiB", 67108864],
    ["2 GiB", 2147483648],
    ["1.5GB", 1500000000],
    ["0B", 0],
  ])("reads %s as %i bytes", (text, bytes) => {
    expect(parseSize(text)).toEqual({ ok: true, value: bytes });
  });

  it.each(["64", "64MB ", "MiB", "-1MiB", "64mib", ""])(
    "refuses %j and says what is allowed",
    (text) => {
      expect(parseSize(text)).toMatchObject({ ok: false, error: expect.stringContaining("MiB") });
    },
  );
});

describe("parseDuration", () => {
  it.each([
    ["30s", 30],
    ["1h30m", 5400],
    ["500ms", 0.5],
    ["1d", 86400],
  ])("reads %s as %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: seconds });
  });

  it.each(["30", "s", "30 s", "-5s", "5x", "5s5", ""])(
    "refuses %j and says what is allowed",
    (text) => {
      expect(parseDuration(text)).toMatchObject({
        ok: false,
        error: expect.stringContaining("30s"),
      });
    },
  );
});

describe("a text of any length", () => {
  it("is refused at once, and shown in part", () => {
    const digits = "1".repeat(200_000);
    for (const parsed of [
      parseDuration(digits),
      parseSize(digits),
      parseDuration("1s".repeat(60)),
    ]) {
      expect(parsed.ok || parsed.error.length).toBeLessThan(300);
      expect(parsed.ok).toBe(false);
    }
  });
});

describe("formatExactSize", () => {
  it.each([
    [0, "0 B"],
    [4096, "4 KiB"],
    [4100, "4100 B"],
    [1.5 * 2 ** 20, "1536 KiB"],
    [64 * 2 ** 20, "64 MiB"],
    [2 ** 30, "1 GiB"],
  ])("writes %i bytes as %s, without rounding", (bytes, text) => {
    expect(formatExactSize(bytes)).toBe(text);
  });
});

describe("formatSize and formatDuration", () => {
  it("write three significant digits with a unit that fits", () => {
    expect([0, 520 * 2 ** 20, 1.5 * 2 ** 30].map(formatSize)).toEqual([
      "0 B",
      "520 MiB",
      "1.5 GiB",
    ]);
    expect([0.000031, 0.2081, 4.4814].map(formatDuration)).toEqual(["31 µs", "208 ms", "4.48 s"]);
  });

  it("take the larger unit of what is rounded up to it", () => {
    expect([0.0009994, 0.0009996, 0.9994, 0.9996].map(formatDuration)).toEqual([
      "999 µs",
      "1 ms",
      "999 ms",
      "1 s",
    ]);
  });
});

describe("formatSpan", () => {
  it.each([
    [8 * 3600, "8h"],
    [5400, "1h30m"],
    [86_400 + 61, "1d1m1s"],
    [45.9, "45s"],
    [0, "0s"],
  ])("writes %s as the config has it: %s", (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });
});
