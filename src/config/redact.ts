import { isMap, isScalar, isSeq, parseDocument, visit, type Node, type Scalar } from "yaml";

const REDACTED = "<redacted>";

/** What a key, a flag or a variable is called whose value nobody else is to see. */
const SECRET =
  "[\\w.-]*(?:pass(?:word|wd|phrase)?|secret|token|credential|api[_-]?key|private[_-]?key|auth)[\\w.-]*";

const SECRET_NAME = new RegExp(`^-{0,2}${SECRET}$`, "i");

/** `--token=abc`, `password: abc` in a comment, `TOKEN=abc`. */
const ASSIGNED = new RegExp(
  `(\\b${SECRET}["']?\\s*[=:]\\s*)(?!<redacted>)("[^"]*"|'[^']*'|[^\\s,"'\\]}[{|>][^\\s,"'\\]}]*)`,
  "gi",
);

/** `--token abc`. */
const FLAGGED = new RegExp(
  `(\\s--?${SECRET}["']?[\\s,]+)(?!<redacted>)("[^"]*"|'[^']*'|[^\\s,\\]]+)`,
  "gi",
);

/** `https://user:secret@host`. */
const CREDENTIALS = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi;

interface Cut {
  readonly from: number;
  readonly to: number;
}

/**
 * A config's text without what is not for everybody's eyes, comments and layout as they are: the values of keys that are called like
 * secrets, all that stands below `env`, what flags in an argv are given that are called so, and the users of URLs.
 */
export function redactConfig(text: string): string {
  const cuts = findCuts(text);
  const kept = cuts.map(({ from }, index) => text.slice(cuts[index - 1]?.to ?? 0, from));
  const whole = [...kept, text.slice(cuts.at(-1)?.to ?? 0)].join(REDACTED);
  return whole
    .replaceAll(CREDENTIALS, `$1${REDACTED}@`)
    .replaceAll(ASSIGNED, `$1${REDACTED}`)
    .replaceAll(FLAGGED, `$1${REDACTED}`);
}

/** In the order of the text. */
function findCuts(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  visit(parseDocument(text, { logLevel: "silent" }), {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && isSecret(String(key.value))) cuts.push(...cutScalars(value));
    },
    Seq: (_, { items }) => {
      for (const [index, item] of items.entries()) {
        if (isScalar(item) && isFlag(item)) cuts.push(...cutScalars(items[index + 1]));
      }
    },
  });
  const sorted = cuts.toSorted((one, other) => one.from - other.from);
  return sorted
    .filter(({ from }, index) => from !== sorted[index - 1]?.from)
    .map(({ from, to }) => ({ from, to: from + text.slice(from, to).trimEnd().length }));
}

function isSecret(name: string): boolean {
  return name === "env" || SECRET_NAME.test(name);
}

function isFlag({ value }: Scalar): boolean {
  return typeof value === "string" && value.startsWith("-") && SECRET_NAME.test(value);
}

/** Where the scalars of a value stand, whatever it is made of. */
function cutScalars(value: unknown): readonly Cut[] {
  if (isMap(value)) return value.items.flatMap((pair) => cutScalars(pair.value));
  if (isSeq(value)) return value.items.flatMap(cutScalars);
  return isScalar(value) ? cutNode(value) : [];
}

function cutNode({ range }: Node): readonly Cut[] {
  return range && range[1] > range[0] ? [{ from: range[0], to: range[1] }] : [];
}
