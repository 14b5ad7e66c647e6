import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import { fail, ok, type Result } from "../base/result.ts";
import { countLines, type Place } from "./line-places.ts";
import { findTooDeep } from "./nesting.ts";

/** A YAML file that could be read, and where its lines begin. */
export interface YamlText {
  readonly document: Document;
  readonly placeOf: (offset: number) => Place;
}

/** Something wrong at a place in a text; lines and columns count from 1. */
export interface SyntaxProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** How a file differs from the config. */
export interface YamlRules {
  /** Every scalar is text, as it is written. */
  readonly plainText: boolean;
  readonly allowEmpty: boolean;
}

const CONFIG_RULES: YamlRules = { plainText: false, allowEmpty: false };

/** YAML of any length would take a time that goes with the square of it. */
const LONGEST_TEXT = 256 * 1024;
const TOO_LONG = "the file is too large: at most 256 KiB";
const TOO_DEEP = "this is nested too deeply";

/** Reads one YAML 1.2 document that is a mapping. The problems are at most one a line. */
export function parseYaml(
  text: string,
  { plainText, allowEmpty }: YamlRules = CONFIG_RULES,
): Result<YamlText, readonly SyntaxProblem[]> {
  if (text.length > LONGEST_TEXT) return fail([{ line: 1, column: 1, message: TOO_LONG }]);
  const placeOf = countLines(text);
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) return fail([{ ...placeOf(tooDeep), message: TOO_DEEP }]);
  const document = parseDocument(text, {
    schema: plainText ? "failsafe" : "core",
    logLevel: "error",
    prettyErrors: false,
  });
  const found = [
    ...[...document.errors, ...document.warnings].map((error) => ({
      offset: error.pos[0],
      message: describeError(error),
    })),
    ...findAliases(document),
    ...findPrototypes(document),
    ...describeShape(document, allowEmpty),
  ];
  const texts = text.split("\n");
  const problems = found.map(({ offset, message }) => {
    const place = placeOf(offset);
    return { ...place, message: describeStar(texts[place.line - 1]) ?? message };
  });
  return problems.length === 0 ? ok({ document, placeOf }) : fail(firstOfEachLine(problems));
}

function describeError(error: YAMLError): string {
  if (error.code === "DUPLICATE_KEY") return "this key is there twice in its mapping";
  if (error.code === "TAB_AS_INDENT") return "tabs cannot indent YAML: use spaces";
  if (error.code === "MULTIPLE_DOCS") return "only one document is allowed: remove this ---";
  return `this is not valid YAML: ${error.message}`;
}

function findAliases(document: Document): { readonly offset: number; readonly message: string }[] {
  const offsets: number[] = [];
  visit(document, {
    Alias: (_, { range }) => {
      offsets.push(range?.[0] ?? 0);
    },
  });
  const message = "aliases (*name) are not allowed: write the value out";
  return offsets.map((offset) => ({ offset, message }));
}

/** The one key that is none for JavaScript: it would be left out in silence, and a user of that name with it. */
function findPrototypes(
  document: Document,
): { readonly offset: number; readonly message: string }[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && String(key.value) === "__proto__") offsets.push(key.range?.[0] ?? 0);
    },
  });
  return offsets.map((offset) => ({ offset, message: "the key __proto__ is not allowed" }));
}

function describeShape(
  document: Document,
  allowEmpty: boolean,
): { readonly offset: number; readonly message: string }[] {
  const { contents, errors } = document;
  if (isMap(contents) || isAlias(contents) || errors.length > 0) return [];
  if (allowEmpty) {
    return isEmpty(contents) ? [] : [{ offset: 0, message: "the file must be a mapping of keys" }];
  }
  const message =
    contents === null
      ? "the file is empty: it needs at least the key probes"
      : "the file must be a mapping of keys, with at least the key probes";
  return [{ offset: 0, message }];
}

function isEmpty(contents: unknown): boolean {
  return contents === null || (isScalar(contents) && contents.value === "");
}

/** A schedule without quotes is the commonest slip, and YAML's own messages about it do not help. */
function describeStar(line = ""): string | undefined {
  const [, key] = /^[\s-]*(\w+):\s+\*/.exec(line) ?? [];
  return key === undefined
    ? undefined
    : `a value that begins with * must be in quotes, such as ${key}: "* * * * *"`;
}

function firstOfEachLine(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const firsts = new Map(problems.toReversed().map((problem) => [problem.line, problem]));
  return problems.filter((problem) => firsts.get(problem.line) === problem);
}
