import * as z from "zod";
import { clip } from "../base/clip.ts";
import type { Result } from "../base/result.ts";
import { fail, ok } from "../base/result.ts";
import { parseDuration, parseSize } from "../base/units.ts";

/** The least and the most that a value may be, as a person would write them. */
interface Range {
  readonly minimum: string;
  readonly maximum: string;
}

type Parse = (text: string) => Result<number>;

/** A value such as "30s" or "1h30m", in seconds after parsing. A bare number is refused. */
export function duration(range: Range): z.ZodType<number> {
  return quantity(parseDuration, range).meta({ format: "duration" });
}

/** A value such as "64MiB", in bytes after parsing. A bare number is refused. */
export function size(range: Range): z.ZodType<number> {
  return quantity(parseSize, range).meta({ format: "size" });
}

/** A value such as "80%" or 0.8, from 0 or the minimum to 1 after parsing. */
export function ratio({ minimum = "0%" }: Partial<Range> = {}): z.ZodType<number> {
  return quantity(parseRatio, { minimum, maximum: "100%" }).meta({ format: "ratio" });
}

/** What tells a {@link flag} from other schemas. */
export const FLAG_FORMAT = "flag";

/** `true` or `false`, also as text, since that is what a command's options are. */
export function flag(): z.ZodType<boolean> {
  return z
    .unknown()
    .transform((value, context) => {
      if (value === true || value === "true") return true;
      if (value === false || value === "false") return false;
      context.addIssue({ code: "custom", message: "must be true or false" });
      return z.NEVER;
    })
    .meta({ format: FLAG_FORMAT });
}

/** A whole number, also as text, since that is what a command's options are. */
export function count({
  minimum,
  maximum,
}: {
  readonly minimum: number;
  readonly maximum: number;
}): z.ZodType<number> {
  return z
    .unknown()
    .transform((value, context) => {
      const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
      const isWhole = typeof number === "number" && Number.isInteger(number);
      if (isWhole && number >= minimum && number <= maximum) return number;
      const message = `must be a whole number from ${String(minimum)} to ${String(maximum)}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    })
    .meta({ type: "integer", minimum, maximum });
}

function quantity(parse: Parse, range: Range): z.ZodType<number> {
  const minimum = parseOwn(parse, range.minimum);
  const maximum = parseOwn(parse, range.maximum);
  return z.unknown().transform((value, context) => {
    const parsed = parse(asText(value));
    if (parsed.ok && parsed.value >= minimum && parsed.value <= maximum) return parsed.value;
    const outside = `must be from ${range.minimum} to ${range.maximum}`;
    context.addIssue({ code: "custom", message: parsed.ok ? outside : parsed.error });
    return z.NEVER;
  });
}

/** What is missing is told by whoever asks for it; JSON has no infinity, which is what 1e999 is. */
function asText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

function parseOwn(parse: Parse, text: string): number {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function parseRatio(text: string): Result<number> {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  if (digits === undefined) {
    return fail(
      `"${clip(text)}" is not a ratio: write a percentage such as 80%, or a number from 0 to 1`,
    );
  }
  return ok(percent === "%" ? Number(digits) / 100 : Number(digits));
}
