import { execFileSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { deflatePart, endMember, openMember } from "../../src/metrics/gzip-member.ts";

function gzipOf(parts: readonly string[], last: string): Buffer {
  const bytes = parts.map((part) => Buffer.from(part));
  const member = openMember(bytes, bytes.map(deflatePart));
  return Buffer.concat([member.bytes, endMember(member, Buffer.from(last))]);
}

const LONG = "a line that comes again and again\n".repeat(10_000);

describe("a gzip file of parts", () => {
  it.each([
    ["of several parts", ["one\n", "two\n"], "three\n"],
    ["without a last part", ["one\n", "two\n"], ""],
    ["of a last part alone", [], "three\n"],
    ["of nothing", [], ""],
    ["of a part that is longer than what is looked back on", [LONG, LONG, "end\n"], LONG],
    ["of characters of several bytes", ["µs\n", "漢字\n"], "é"],
  ])("%s decodes to all of them in a row", (_what, parts, last) => {
    const file = gzipOf(parts, last);
    const whole = [...parts, last].join("");
    expect(gunzipSync(file).toString()).toBe(whole);
    expect(execFileSync("gunzip", { input: file }).toString()).toBe(whole);
  });

  it("sums up an empty part that has been used before as nothing", () => {
    const empty = Buffer.alloc(0);
    deflatePart(empty);
    const parts = [Buffer.from("one\n"), empty];
    const member = openMember(parts, parts.map(deflatePart));
    expect(gunzipSync(Buffer.concat([member.bytes, endMember(member, empty)])).toString()).toBe(
      "one\n",
    );
  });

  it("has one member, since what some clients decode is the first alone", () => {
    const file = gzipOf(["one\n", "two\n"], "three\n");
    expect(file.indexOf(Buffer.from([0x1f, 0x8b, 8]))).toBe(0);
    expect(file.lastIndexOf(Buffer.from([0x1f, 0x8b, 8]))).toBe(0);
  });

  it("has a part's bytes as they were, whatever stands before it", () => {
    const part = deflatePart(Buffer.from(LONG));
    expect(gzipOf([LONG], "").includes(part)).toBe(true);
    expect(gzipOf(["another\n", LONG], "end\n").includes(part)).toBe(true);
  });

  it("is refused when the sums are not those of its parts", () => {
    const bytes = [Buffer.from("one\n")];
    const member = openMember([Buffer.from("two\n")], bytes.map(deflatePart));
    const file = Buffer.concat([member.bytes, endMember(member, Buffer.alloc(0))]);
    expect(() => gunzipSync(file)).toThrow("incorrect data check");
  });
});
