import { Lexer, Parser } from "yaml";

/** A config has five levels; each is two or three of the parser's. */
const DEEPEST = 100;

/**
 * Where a text is nested too deeply to be composed: that is done by recursion, and V8 ends the whole process where a regular expression
 * happens to be compiled at the end of the stack. Tokens are read without recursion.
 */
export function findTooDeep(text: string): number | undefined {
  if (greatestDepth(text) < DEEPEST) return undefined;
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // Its documents are of no interest: what it is in the middle of is.
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return parser.offset;
  }
  return undefined;
}

/** No text is deeper than it has brackets, and columns before the first word of a line: a look that costs next to nothing. */
function greatestDepth(text: string): number {
  const brackets = text.match(/[[{]/g)?.length ?? 0;
  const columns = text.split("\n").map((line) => /^[\s?:-]*/.exec(line)?.[0].length ?? 0);
  return brackets + columns.reduce((most, count) => Math.max(most, count), 0);
}
