import { InvalidArgumentError, Option, type Command } from "commander";
import { COMPARE_FORMATS } from "./compare-format.ts";
import type { CompareFlags } from "./compare.ts";
import type { CommandIo } from "./io.ts";

const DEFAULT_THRESHOLD = 1.05;

/** Adds `compare`. */
export function addCompareCommand(
  program: Command,
  { io, done }: { readonly io: CommandIo; readonly done: (exitCode: number) => void },
): void {
  program
    .command("compare")
    .description("Say whether B is slower than A, two files of `run --format json`.")
    .argument("<A>", "The file that is compared with.")
    .argument("<B>", "The file that may be slower; the exit code is 3 when it is.")
    .addOption(
      new Option("--threshold <ratio>", "From which ratio of medians on it may be slower.")
        .argParser(parseThreshold)
        .default(DEFAULT_THRESHOLD),
    )
    .addOption(
      new Option("--figure <name>", "A figure that decides. May be given several times.")
        .argParser(collect)
        .default([], "the time to first result; of other kinds, all"),
    )
    .addOption(
      new Option("--format <format>", "How to print.").choices(COMPARE_FORMATS).default("table"),
    )
    .action(async (a: string, b: string, flags: CompareFlags) => {
      const { compareCommand } = await import("./compare.ts");
      done(await compareCommand([a, b], flags, io));
    });
}

function parseThreshold(text: string): number {
  const ratio = Number(text);
  if (Number.isFinite(ratio) && ratio >= 1) return ratio;
  throw new InvalidArgumentError("It must be a ratio from 1 up, such as 1.05.");
}

function collect(name: string, names: readonly string[]): readonly string[] {
  return [...names, name];
}
