import type * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";
import { lineSchema } from "./schema.ts";

/** A line of the protocol, as it was written: snake_case keys, stamps in seconds of CLOCK_MONOTONIC. */
export type Line = z.output<typeof lineSchema>;

/** The line of one type. */
export type LineOf<Type extends Line["type"]> = Extract<Line, { readonly type: Type }>;

/** A line without its end is under 4 KiB, so that one write(2) of it is not torn. */
const MAX_LINE_BYTES = 4095;

/** Parses a line (without its end), which may be any text at all. The error says in words what is not of the protocol. */
export function parseLine(text: string): Result<Line> {
  // Before anything else, since libraries may print a great many lines of text.
  if (!text.startsWith("{")) return fail("it is no JSON object");
  if (Buffer.byteLength(text) > MAX_LINE_BYTES) return fail("it is over 4 KiB");
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = lineSchema.safeParse(json.value);
  return parsed.success ? ok(parsed.data) : fail(describe(parsed.error));
}

function parseJson(text: string): Result<unknown> {
  try {
    const value: unknown = MAY_BE_PROTOTYPE.test(text)
      ? JSON.parse(text, refusePrototype)
      : JSON.parse(text);
    return ok(value);
  } catch {
    return fail("it is no JSON");
  }
}

/** The key may be written out or with escapes. Looking at every key of every line takes as long as all the rest of the parsing. */
const MAY_BE_PROTOTYPE = /__proto__|\\u/;

/** The one key that is no ordinary key for JavaScript: schemas leave it out instead of refusing it. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("a key that may not be");
  return value;
}

/** The first thing that is wrong: the others often follow from it. */
function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "it is not of the protocol";
  const where = issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  return `${issue.message}${where}`;
}
