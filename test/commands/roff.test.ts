import { describe, expect, it } from "vitest";
import { entry, escapeRoff, joinBlocks, paragraph, section } from "../../src/commands/roff.ts";

describe("roff", () => {
  it.each([
    ["--web.max-requests", String.raw`\-\-web.max\-requests`],
    [".so /etc/passwd", String.raw`\&.so /etc/passwd`],
    ["'it", String.raw`\(aqit`],
    [String.raw`C:\n`, String.raw`C:\en`],
    ["two\n.lines", "two .lines"],
  ])("reads %j as text", (text, escaped) => {
    expect(escapeRoff(text)).toBe(escaped);
  });

  it("has what stands in backticks in bold, and a lone backtick as it is", () => {
    expect(paragraph("`.a`: b")).toBe(`.PP\n${String.raw`\fB\&.a\fP: b`}`);
    expect(entry("-a", "b ` c")).toBe(`.TP\n${String.raw`.B \-a`}\n${String.raw`b \(ga c`}`);
  });

  it("begins no paragraph twice", () => {
    expect(joinBlocks([section("A"), paragraph("b"), paragraph("c")])).toBe('.SH "A"\nb\n.PP\nc\n');
  });
});
