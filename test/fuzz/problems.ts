import type { ConfigProblem } from "../../src/config/config.ts";

/** What is wrong with problems: each has words and a place inside the file, and all together can be read. */
export function faultsOfProblems(
  problems: readonly ConfigProblem[],
  { file, text }: { readonly file: string; readonly text: string },
): readonly string[] {
  const lines = text.split("\n");
  const faults = {
    "refused without a problem": problems.length === 0,
    "too many problems": problems.length > 101,
    "another file": problems.some((problem) => problem.file !== file),
    "a line that is not there": problems.some(({ line }) => !(line >= 1 && line <= lines.length)),
    "a column that is not there": problems.some(
      ({ line, column }) => !(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1),
    ),
    "no words": problems.some(({ message }) => message.trim() === ""),
    "too many words": problems.some(
      ({ key, message }) => key.length > 201 || message.length > 2001,
    ),
  };
  return Object.entries(faults).flatMap(([fault, found]) => (found ? [fault] : []));
}
