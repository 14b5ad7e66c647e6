import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDuration } from "../base/units.ts";
import type { BaselineClearFlags } from "./baseline-clear.ts";
import type { BaselineSetFlags } from "./baseline-set.ts";
import { addCommonFlags, type CommonFlags } from "./flags.ts";
import type { CommandIo } from "./io.ts";
import { parseCount } from "./parse-count.ts";

const ITERATIONS = 20;

interface BaselineProgramModules {
  readonly io: CommandIo;
  readonly done: (exitCode: number) => void;
}

/** Adds `baseline show`, `baseline set` and `baseline clear`. */
export function addBaselineCommands(program: Command, modules: BaselineProgramModules): void {
  const baseline = program
    .command("baseline")
    .description("Pin what a cold start takes, to read later ones against.");
  addShow(baseline, modules);
  addSet(baseline, modules);
  addClear(baseline, modules);
}

function addShow(baseline: Command, { io, done }: BaselineProgramModules): void {
  addCommonFlags(baseline.command("show"))
    .description("Print the baselines that are pinned.")
    .action(async (flags: CommonFlags) => {
      const { baselineShowCommand } = await import("./baseline-show.ts");
      done(await baselineShowCommand(flags, io));
    });
}

function addSet(baseline: Command, { io, done }: BaselineProgramModules): void {
  addCommonFlags(baseline.command("set"))
    .description("Measure the configured cold starts now and pin their medians.")
    .option("--probe <name>", "One probe of the configuration. (default: each one with a baseline)")
    .option("--gpu <gpu>", "NVML index or UUID of the GPU. (default: the first GPU of each model)")
    .addOption(
      new Option("--iterations <n>", "How many runs to make.")
        .argParser(parseCount)
        .default(ITERATIONS),
    )
    .addOption(
      new Option("--seconds <duration>", "Pin this, such as 250ms, and measure nothing.")
        .argParser(parseSeconds)
        .conflicts("iterations"),
    )
    .action(async (flags: BaselineSetFlags) => {
      const { baselineSetCommand } = await import("./baseline-set.ts");
      done(await baselineSetCommand(flags, io));
    });
}

function addClear(baseline: Command, { io, done }: BaselineProgramModules): void {
  addCommonFlags(baseline.command("clear"))
    .description("Unpin baselines; the daemon pins anew of the runs to come.")
    .option("--probe <name>", "Those of this probe. (default: of all probes)")
    .option(
      "--gpu <gpu>",
      "Those of this model, or of the model of the GPU with this index or UUID.",
    )
    .addOption(new Option("--all", "Those of all models.").conflicts("gpu"))
    .action(async (flags: BaselineClearFlags) => {
      const { baselineClearCommand } = await import("./baseline-clear.ts");
      done(await baselineClearCommand(flags, io));
    });
}

function parseSeconds(text: string): number {
  const seconds = parseDuration(text);
  if (!seconds.ok) throw new InvalidArgumentError(seconds.error);
  if (seconds.value > 0) return seconds.value;
  throw new InvalidArgumentError("It must be more than nothing.");
}
