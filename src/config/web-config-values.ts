import * as z from "zod";
import { describeUnknown } from "./mistakes.ts";

// The file is read as text alone, since YAML's own types would change a user named 007; and no message shows a value that may be a secret.

/** Text; undefined when it is empty, which is the same as not there. */
export function text(): z.ZodType<string | undefined> {
  return z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (typeof value === "string") return value === "" ? undefined : value;
      if (value !== undefined) context.addIssue({ code: "custom", message: "must be text" });
      return undefined;
    });
}

/** A list of texts; undefined when there is none. */
export function texts(): z.ZodType<readonly string[] | undefined> {
  return z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (value === undefined || value === "") return undefined;
      if (isTexts(value)) return value;
      context.addIssue({ code: "custom", message: "must be a list of texts" });
      return undefined;
    });
}

/** One of some names; the fallback when there is none. */
export function choice<Name extends string>(
  names: readonly Name[],
  fallback: Name,
): z.ZodType<Name> {
  return z
    .unknown()
    .optional()
    .transform((value, context) => {
      if (value === undefined || value === "") return fallback;
      const found = names.find((name) => name === value);
      if (found === undefined) {
        context.addIssue({ code: "custom", message: describeWrong(value, names) });
      }
      return found ?? fallback;
    });
}

/** A list of some names. */
export function choices<Name extends string>(names: readonly Name[]): z.ZodType<readonly Name[]> {
  return texts().transform((values = [], context) =>
    values.flatMap((value, index) => {
      const found = names.find((name) => name === value);
      if (found !== undefined) return [found];
      const message = describeWrong(value, names);
      context.issues.push({ code: "custom", message, path: [index], input: value });
      return [];
    }),
  );
}

const TRUE = /^(?:true|yes|on|y)$/i;
const FALSE = /^(?:false|no|off|n)$/i;

/** True or false in any of YAML 1.1's spellings, which the exporters' parser takes. */
export function truth(fallback: boolean): z.ZodType<boolean> {
  return text().transform((value, context) => {
    if (value === undefined) return fallback;
    if (!TRUE.test(value) && !FALSE.test(value)) {
      context.addIssue({ code: "custom", message: "must be true or false" });
    }
    return TRUE.test(value);
  });
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

const GO_DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

/** Go's own are of 64 bits of nanoseconds. */
const MOST_SECONDS = 2 ** 63 / 1e9;

/** Of a text that is a duration: digits without units would be looked at again and again. */
function sumParts(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)([a-zµ]+)/g)];
  return parts.reduce(
    (sum, [, amount, unit = ""]) => sum + Number(amount) * (UNIT_SECONDS[unit] ?? 0),
    0,
  );
}

/** A duration as Go writes it, such as 1m30s or 1.5s, in seconds; 0 when there is none. */
export function goDuration(): z.ZodType<number> {
  return text().transform((value = "0", context) => {
    if (value === "0") return 0;
    const seconds = GO_DURATION.test(value) ? sumParts(value) : Number.NaN;
    if (seconds <= MOST_SECONDS) return seconds;
    const message = "must be a duration with a unit, such as 100ms, 1s or 1m30s";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}

/** A whole number from 0 on; 0 when there is none. */
export function wholeNumber(): z.ZodType<number> {
  return text().transform((value = "0", context) => {
    if (!/^\d{1,9}$/.test(value)) {
      context.addIssue({ code: "custom", message: "must be a whole number" });
    }
    return Number(value);
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function describeWrong(value: unknown, names: readonly string[]): string {
  const known = names.filter((name) => name !== "");
  return typeof value === "string"
    ? describeUnknown({ word: value, what: "value", known })
    : `must be one of ${known.join(", ")}`;
}
