import { readFile } from "node:fs/promises";
import { errorText } from "../base/errors.ts";
import { fail, type Result } from "../base/result.ts";
import { compareRuns } from "../comparison/compare-runs.ts";
import { parseRunFile, type RunFile } from "../comparison/run-file.ts";
import { isWorse } from "../comparison/verdict.ts";
import type { CompareFormat } from "./compare-format.ts";
import { formatComparison } from "./compare-formats.ts";
import { EXIT, type CommandIo } from "./io.ts";

/** The flags of `compare`, under the names that commander gives them. */
export interface CompareFlags {
  readonly threshold: number;
  readonly figure: readonly string[];
  readonly format: CompareFormat;
}

/** `cudaprobe compare A B`: exit code 3 when B is slower, 2 when the files cannot be read or compared. */
export async function compareCommand(
  [fileA, fileB]: readonly [string, string],
  { threshold, figure, format }: CompareFlags,
  io: CommandIo,
): Promise<number> {
  const [a, b] = [await readRunFile(fileA), await readRunFile(fileB)];
  for (const file of [a, b]) if (!file.ok) io.error(`${file.error}\n`);
  if (!a.ok || !b.ok) return EXIT.usage;
  const comparison = compareRuns(a.value, b.value, { threshold, figures: figure });
  if (!comparison.ok) {
    io.error(`${fileA} and ${fileB} cannot be compared: ${comparison.error}\n`);
    return EXIT.usage;
  }
  io.out(formatComparison(comparison.value, [fileA, fileB], format));
  return isWorse(comparison.value) ? EXIT.slower : EXIT.ok;
}

async function readRunFile(file: string): Promise<Result<RunFile>> {
  try {
    const parsed = parseRunFile(await readFile(file, "utf8"));
    return parsed.ok ? parsed : fail(`${file}: ${parsed.error}`);
  } catch (error) {
    return fail(`${file}: ${errorText(error)}`);
  }
}
