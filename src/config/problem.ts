import type { ConfigProblem } from "./config.ts";
import { formatPath, locate } from "./position.ts";
import type { Mistake } from "./mistakes.ts";
import type { YamlText } from "./syntax.ts";

/** `config/cudaprobe.yml:12:5: probes[0].schedule: …`. Line 0 is a problem of the file as a whole. */
export function formatProblem(problem: ConfigProblem): string {
  const { file, line, column, key, message } = problem;
  const place = line === 0 ? file : `${file}:${String(line)}:${String(column)}`;
  return [place, key, message].filter((part) => part !== "").join(": ");
}

/** Mistakes with their places in the file, in the file's order. */
export function placeMistakes(
  file: string,
  yaml: YamlText,
  mistakes: readonly Mistake[],
): readonly ConfigProblem[] {
  return mistakes
    .map(({ path, message }) => ({ file, ...locate(yaml, path), key: formatPath(path), message }))
    .toSorted((left, right) => left.line - right.line || left.column - right.column);
}
