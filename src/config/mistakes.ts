import type * as z from "zod";
import { clip } from "../base/clip.ts";
import { WITHOUT_COMPILING } from "../base/without-compiling.ts";
import { type KeyFacts, listKeys } from "./keys.ts";
import type { Path } from "./position.ts";
import { suggest } from "./suggest.ts";

/** Something in a config that may not be there or is missing. */
export interface Mistake {
  readonly path: Path;
  /** What is wrong, and what is allowed. */
  readonly message: string;
}

/** Everything about `value` that `schema` does not accept. */
export function findMistakes(
  schema: z.ZodType,
  value: unknown,
  { showValues } = { showValues: true },
): readonly Mistake[] {
  const { error } = schema.safeParse(value, WITHOUT_COMPILING);
  if (error === undefined) return [];
  const keys = listKeys(schema);
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    if (issue.code === "unrecognized_keys") {
      const known = findKeys(keys, path).map(({ key }) => key);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: describeUnknown({ word: key, what: "key", known }),
      }));
    }
    const found = valueAt(value, path);
    const isSecret = !showValues && found !== undefined && found !== null;
    const message = describeIssue(issue, isSecret ? HIDDEN : found, findFacts(keys, path));
    return [{ path, message }];
  });
}

/** In place of what may be a secret. */
const HIDDEN = "this";

/** `unknown key "x"; did you mean "y"? Known: a, b` */
export function describeUnknown(unknown: {
  readonly word: string;
  readonly what: string;
  readonly known: readonly string[];
}): string {
  const { word, what, known } = unknown;
  const guess = suggest(word, known);
  const hint = guess === undefined ? "" : ` did you mean ${guess}?`;
  return `unknown ${what} "${clip(word)}";${hint} allowed: ${known.join(", ")}`;
}

function describeIssue(
  issue: z.core.$ZodIssue,
  value: unknown,
  facts: KeyFacts | undefined,
): string {
  if (value === undefined || value === null) {
    const what = value === null ? "is empty" : "is required";
    return `${what}. ${facts?.description ?? ""}`.trim();
  }
  if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    return describeUnknown({ word: show(value), what: "value", known });
  }
  if (issue.code === "invalid_type") {
    return `${show(value)} is not allowed: must be ${describeType(issue.expected, facts)}`;
  }
  return describeRule(issue);
}

function describeRule(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  if (issue.code === "too_small") return `must be at least ${String(issue.minimum)}`;
  if (issue.code === "too_big") return `must be at most ${String(issue.maximum)}`;
  return issue.message;
}

/** A value of the file as a person may recognize it: its beginning, and infinity too, for which JSON has no word. */
export function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  return clip(typeof value === "string" ? value : JSON.stringify(value));
}

function describeType(expected: string, facts: KeyFacts | undefined): string {
  const types: Readonly<Record<string, string>> = {
    array: "a list",
    int: "a whole number",
    number: "a number",
    object: `a mapping of ${(facts?.keys ?? []).map(({ key }) => key).join(", ")}`,
    record: "a mapping",
    string: "text",
  };
  const example = facts?.fallback === undefined ? "" : `, such as ${facts.fallback}`;
  return `${types[expected] ?? expected}${example}`;
}

/** Of an item of a list those of the list, whose default says nothing of an item. */
function findFacts(keys: readonly KeyFacts[], path: Path): KeyFacts | undefined {
  const words = path.filter((step) => typeof step === "string");
  const facts = findKeys(keys, words.slice(0, -1)).find(({ key }) => key === words.at(-1));
  return facts === undefined || typeof path.at(-1) === "string"
    ? facts
    : { ...facts, fallback: undefined };
}

function findKeys(keys: readonly KeyFacts[], path: Path): readonly KeyFacts[] {
  const [step, ...rest] = path;
  if (step === undefined) return keys;
  if (typeof step === "number") return findKeys(keys, rest);
  return findKeys(keys.find(({ key }) => key === step)?.keys ?? [], rest);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined,
    value,
  );
}
