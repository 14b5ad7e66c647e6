import { Command, Option } from "commander";
import type { Kind } from "../probes/kind.ts";
import { coldStart } from "../probes/cold-start.ts";
import { KINDS } from "../probes/index.ts";
import { addBaselineCommands } from "./baseline-program.ts";
import { addCompareCommand } from "./compare-program.ts";
import { addCommonFlags, addWebConfigFlag, type CommonFlags, type WebConfigFlag } from "./flags.ts";
import type { CommandIo } from "./io.ts";
import { parseCount, parsePositive } from "./parse-count.ts";
import { RUN_FORMATS } from "./run-formats.ts";
import type { RunFlags } from "./run.ts";
import { addServeFlags, type ServeFlags } from "./serve-flags.ts";

/** The whole command line. `done` gets the exit code of the command that ran; commands are imported when they are used. */
export function createProgram(
  io: CommandIo,
  { version, done }: { readonly version: string; readonly done: (exitCode: number) => void },
): Command {
  const program = new Command("cudaprobe")
    .description("Measures what a GPU function costs to start, and exports it to Prometheus.")
    .version(version)
    .configureOutput({ writeOut: io.out, writeErr: io.error })
    .exitOverride();
  addServeFlags(program.command("serve"))
    .description("Run probes on a schedule and serve /metrics")
    .action(async (flags: ServeFlags) => {
      const { serveCommand } = await import("./serve.ts");
      done(await serveCommand(flags, io));
    });
  const run = program
    .command("run")
    .description("Run probes of one kind now and print their figures");
  for (const kind of KINDS) addRunKind(run, kind, { io, done });
  addCommonFlags(program.command("devices"))
    .description("List the GPUs that probes can run on")
    .action(async (flags: CommonFlags) => {
      const { devicesCommand } = await import("./devices.ts");
      done(await devicesCommand(flags, io));
    });
  addWebConfigFlag(addCommonFlags(program.command("check")))
    .description("Say what would run here, what would be left out, and why")
    .action(async (flags: CommonFlags & WebConfigFlag) => {
      const { checkCommand } = await import("./check.ts");
      done(await checkCommand(flags, io));
    });
  addBaselineCommands(program, { io, done });
  addCompareCommand(program, { io, done });
  return program;
}

const DEFAULT_ITERATIONS = 10;

type KindFlags = RunFlags & Readonly<Record<string, string | true>> & { readonly gpu?: string };

/** A kind's own options become flags of its command, so that a new kind needs no line here. */
function addRunKind(
  run: Command,
  kind: Kind,
  { io, done }: { readonly io: CommandIo; readonly done: (exitCode: number) => void },
): void {
  const command = addCommonFlags(run.command(kind.name))
    .description(kind.summary)
    .addOption(
      new Option("--iterations <n>", "How many runs")
        .argParser(parseCount)
        .default(kind.defaultIterations ?? DEFAULT_ITERATIONS),
    )
    .addOption(
      new Option("--format <format>", "How to print").choices(RUN_FORMATS).default("table"),
    );
  command.option("--output <file>", "Where to print to (default: -, standard output)");
  if (kind.scope === "device") {
    command.option("--gpu <gpu>", "NVML index or UUID (default: the first)");
  }
  if (kind.name === coldStart.name) command.addOption(maxSecondsOption());
  for (const { key, description, isFlag } of kind.optionTexts) {
    const value = isFlag ? "[boolean]" : "<value>";
    command.option(`--${key.replaceAll("_", "-")} ${value}`, description);
  }
  command.action(async (flags: KindFlags) => {
    const { runCommand } = await import("./run.ts");
    const options = Object.fromEntries(
      kind.optionTexts.flatMap(({ key }) => {
        const value = flags[camelCase(key)];
        // A flag that is given without a value is true.
        return value === undefined ? [] : [[key, String(value)] as const];
      }),
    );
    done(await runCommand({ kind, options, gpu: flags.gpu }, flags, io));
  });
}

function maxSecondsOption(): Option {
  return new Option(
    "--max-seconds <seconds>",
    "Exit code 3 when the median time to first result is above",
  ).argParser(parsePositive);
}

/** The name that commander gives to a flag. */
function camelCase(key: string): string {
  return key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
