import * as z from "zod";
import { formatExactSize } from "../base/units.ts";
import { size } from "./quantities.ts";

/** What each size of a list may be, and how many there may be. */
interface SizesRules {
  readonly minimum: string;
  readonly maximum: string;
  readonly multipleOfBytes: number;
  readonly atMost: number;
}

/** A list of sizes such as [4KiB, 1MiB], in bytes and ascending after parsing. On a command line it is text with commas. */
export function sizes(rules: SizesRules): z.ZodType<readonly number[]> {
  return z
    .unknown()
    .transform((value, context) => {
      const entries = listEntries(value);
      const message = describeList(entries, rules);
      if (message !== undefined) context.addIssue({ code: "custom", message });
      const parsed = entries.map((entry) => size(rules).safeParse(entry));
      const bytes = parsed.map(({ data }) => data);
      parsed.forEach(({ error }, index) => {
        const problem = error?.issues[0]?.message ?? describeBytes(bytes, index, rules);
        if (problem === undefined) return;
        // Text has no place within it to point at.
        const path = Array.isArray(value) ? [index] : [];
        context.issues.push({ code: "custom", message: problem, path, input: value });
      });
      return bytes.filter((known) => known !== undefined).toSorted((left, right) => left - right);
    })
    .meta({ format: "sizes" });
}

function listEntries(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === "string" ? value.split(",").map((entry) => entry.trim()) : [];
}

function describeList(entries: readonly unknown[], { atMost }: SizesRules): string | undefined {
  if (entries.length > 0 && entries.length <= atMost) return undefined;
  return `must be a list of 1 to ${String(atMost)} sizes, such as [4KiB, 1MiB]`;
}

function describeBytes(
  all: readonly (number | undefined)[],
  index: number,
  { multipleOfBytes }: SizesRules,
): string | undefined {
  const bytes = all[index] ?? 0;
  if (bytes % multipleOfBytes !== 0) {
    return `${formatExactSize(bytes)} is not a multiple of ${String(multipleOfBytes)} bytes`;
  }
  return all.indexOf(bytes) < index ? `${formatExactSize(bytes)} is in the list twice` : undefined;
}
