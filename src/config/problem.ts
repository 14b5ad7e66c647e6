import { clip } from "../base/clip.ts";
import type { ConfigProblem } from "./config.ts";
import { formatPath, locate } from "./position.ts";
import type { Mistake } from "./mistakes.ts";
import type { SyntaxProblem, YamlText } from "./syntax.ts";

/** `config/cudaprobe.yml:12:5: probes[0].schedule: …`. Line 0 is a problem of the file as a whole. */
export function formatProblem(problem: ConfigProblem): string {
  const { file, line, column, key, message } = problem;
  const place = line === 0 ? file : `${file}:${String(line)}:${String(column)}`;
  return [place, key, message].filter((part) => part !== "").join(": ");
}

/** What is wrong with the YAML of a file. */
export function placeProblems(
  file: string,
  problems: readonly SyntaxProblem[],
): readonly ConfigProblem[] {
  return boundProblems(problems.map((problem) => ({ file, key: "", ...problem })));
}

/** More than a person reads. */
const MOST_PROBLEMS = 100;
const LONGEST_KEY = 200;
const LONGEST_MESSAGE = 2000;

/** No more problems than can be of use, and none longer: the last one says how many there are besides. */
function boundProblems(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const kept = problems.slice(0, MOST_PROBLEMS).map(({ key, message, ...place }) => ({
    ...place,
    key: clip(key, LONGEST_KEY),
    message: clip(message, LONGEST_MESSAGE),
  }));
  const next = problems[MOST_PROBLEMS];
  if (next === undefined) return kept;
  const message = `${problems.length - MOST_PROBLEMS} problems more from here on`;
  return [...kept, { ...next, key: "", message }];
}

/** Mistakes with their places in the file, in the file's order. */
export function placeMistakes(
  file: string,
  yaml: YamlText,
  mistakes: readonly Mistake[],
): readonly ConfigProblem[] {
  const problems = mistakes
    .map(({ path, message }) => ({ file, ...locate(yaml, path), key: formatPath(path), message }))
    .toSorted((left, right) => left.line - right.line || left.column - right.column);
  return boundProblems(problems);
}
