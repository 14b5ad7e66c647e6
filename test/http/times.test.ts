import { describe, expect, it } from "vitest";
import { formatSpan, formatUtc, relativeTime } from "../../src/http/times.ts";

describe("a span of time", () => {
  it.each([
    [0, "0 s"],
    [99.4, "99 s"],
    [100, "2 min"],
    [5969, "99 min"],
    [5971, "2 h"],
    [47 * 3600, "47 h"],
    [72 * 3600, "3 d"],
  ])("of %d seconds is %s", (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });
});

describe("a moment", () => {
  it("is written in UTC, as ISO 8601 has it", () => {
    expect(formatUtc(1_700_000_000.9)).toBe("2023-11-14 22:13:20");
  });

  it.each([
    [-42, "42 s ago"],
    [0, "now"],
    [42, "in 42 s"],
  ])("%d seconds away is %s, and says itself", (distance, text) => {
    const { html } = relativeTime(1_700_000_000 + distance, 1_700_000_000);
    expect(html).toContain(`>${text}</time>`);
    expect(html).toMatch(/datetime="2023-11-14T22:1\d:\d\dZ" title="2023-11-14 22:1\d:\d\d UTC"/);
  });
});
