import { type Arbitrary, array, constantFrom, nat, oneof, record, string } from "fast-check";

/** What has broken parsers of configs before. */
const HOSTILE_PIECES = [
  ..."__proto__ constructor prototype toString hasOwnProperty null ~ true 0 -1 -0 .nan .inf".split(
    " ",
  ),
  ..."1e999 0x7f 0o17 99999999999999999999 1_000 2026-01-01 12:30 GPU- all 0s 1e9d 999TiB".split(
    " ",
  ),
  ..."&a *a <<: !!set !!binary !!omap !x %YAML --- ... ? : - # [ ] { } , | > ' \" @ `".split(" "),
  ..."__proto__: {__proto__: {x: 1}} [*a] [[ ]] {{ }} {} []".split(" "),
  "<<: *a",
  "&a [*a, *a]",
  "\n",
  "\n\n  ",
  "\n      - ",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\ufffe",
  "\ud800",
  "\udc00\ud800",
  "\u{10ffff}",
  "\u202e",
  "é",
  "1-999999999 * * * *",
  "*/0 * * * *",
  "0-59/0.0001 * * * *",
  "1-999,1-999,1-999 * * * *",
  "@every 1s",
  "x".repeat(3000),
  "7".repeat(2000),
  "[".repeat(200),
  "{a: ".repeat(100),
  " ".repeat(1500),
  "- ".repeat(200),
] as const;

/** A change of a text; places are taken round its end. */
interface Mutation {
  readonly how: "insert" | "delete" | "replaceValue" | "repeatLine" | "swapLines" | "indent";
  readonly at: number;
  readonly length: number;
  readonly piece: string;
}

const mutation: Arbitrary<Mutation> = record({
  how: constantFrom("insert", "delete", "replaceValue", "repeatLine", "swapLines", "indent"),
  at: nat(100_000),
  length: nat(12),
  piece: oneof(
    { weight: 4, arbitrary: constantFrom(...HOSTILE_PIECES) },
    { weight: 1, arbitrary: string({ unit: "binary", maxLength: 12 }) },
  ),
});

/** Texts that are one of these but for a few changes, seldom for none. */
export function mutated(texts: readonly string[]): Arbitrary<string> {
  return record({
    text: constantFrom(...texts),
    mutations: array(mutation, { maxLength: 4 }),
  }).map(({ text, mutations }) => mutations.reduce(mutate, text));
}

function mutate(text: string, { how, at, length, piece }: Mutation): string {
  if (how === "insert") return splice(text, { at, length: 0, piece });
  if (how === "delete") return splice(text, { at, length, piece: "" });
  const lines = text.split("\n");
  const index = at % lines.length;
  const line = lines[index] ?? "";
  if (how === "replaceValue") lines[index] = line.replace(/(?<=:\s).*$/, () => piece);
  if (how === "repeatLine") lines.splice(index, 0, line);
  if (how === "indent") lines[index] = " ".repeat(length) + line.trimStart();
  if (how === "swapLines") lines.splice(index, 2, lines[index + 1] ?? "", line);
  return lines.join("\n");
}

function splice(
  text: string,
  { at, length, piece }: Pick<Mutation, "at" | "length" | "piece">,
): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + piece + text.slice(start + length);
}
