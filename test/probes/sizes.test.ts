import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listKeys } from "../../src/config/keys.ts";
import { findMistakes } from "../../src/config/mistakes.ts";
import { sizes } from "../../src/probes/sizes.ts";

const option = sizes({ minimum: "4B", maximum: "1GiB", multipleOfBytes: 4, atMost: 3 });
const schema = z.strictObject({
  sizes: option.prefault(["4KiB", "1MiB"]).describe("What is passed on."),
});

function problems(value: unknown): readonly string[] {
  return findMistakes(schema, { sizes: value }).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
}

describe("a list of sizes", () => {
  it("is in bytes, and ascends whatever the order it is written in", () => {
    expect(option.parse(["1MiB", "4B", "1kB"])).toEqual([4, 1000, 2 ** 20]);
  });

  it("may be text with commas, as a command line has it", () => {
    expect(option.parse("1GiB,4KiB")).toEqual([4096, 2 ** 30]);
    expect(option.parse("64KiB")).toEqual([65536]);
  });

  it.each<readonly [unknown, string]>([
    [["4KiB", "2B"], "sizes.1: must be from 4B to 1GiB"],
    [["2GiB"], "sizes.0: must be from 4B to 1GiB"],
    [["4KiB", "6B"], "sizes.1: 6 B is not a multiple of 4 bytes"],
    [["4KiB", "8B", "4096B"], "sizes.2: 4 KiB is in the list twice"],
    ["4KiB,4KiB", "sizes: 4 KiB is in the list twice"],
    ["4KiB,", 'sizes: "" is not a size: write a number'],
    [[4096], 'sizes.0: "4096" is not a size: write a number'],
    [[], "sizes: must be a list of 1 to 3 sizes, such as [4KiB, 1MiB]"],
    [["4B", "8B", "12B", "16B"], "sizes: must be a list of 1 to 3 sizes, such as [4KiB, 1MiB]"],
    [{ first: "4KiB" }, "sizes: must be a list of 1 to 3 sizes, such as [4KiB, 1MiB]"],
  ])("is refused when it is %j, which says where and what is allowed", (value, message) => {
    const found = problems(value);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  it("says of itself what it is and what its default is, as a config has it", () => {
    expect(listKeys(schema)).toMatchObject([
      { key: "sizes", allowed: "list of sizes", fallback: "[4KiB, 1MiB]" },
    ]);
  });
});
