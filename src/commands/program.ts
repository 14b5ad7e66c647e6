import { Command } from "commander";
import { addBaselineCommands } from "./baseline-program.ts";
import { addCompareCommand } from "./compare-program.ts";
import { addCommonFlags, addWebConfigFlag, type CommonFlags, type WebConfigFlag } from "./flags.ts";
import { EXAMPLES, EXIT_CODES } from "./help-texts.ts";
import type { CommandIo } from "./io.ts";
import { addServeFlags, type ServeFlags } from "./serve-flags.ts";

/** What the program calls itself, what was typed after its name, and who hears with which exit code a command has ended. */
export interface ProgramOptions {
  readonly version: string;
  readonly words: readonly string[];
  readonly done: (exitCode: number) => void;
}

/**
 * The whole command line. Commands are imported when they are used, and so are the kinds, which are commands of `run` and nobody's where it
 * is not among the words: help and the daemon start without them.
 */
export async function createProgram(
  io: CommandIo,
  { version, words, done }: ProgramOptions,
): Promise<Command> {
  const program = new Command("cudaprobe")
    .description("Measures what a GPU function costs to start, and exports it to Prometheus.")
    .version(version, "-V, --version", "Print the version.")
    .helpOption("-h, --help", "Print this help.")
    .helpCommand("help [command]", "Print the help of a command.")
    .addHelpText("after", makeEpilogue())
    .configureOutput({ writeOut: io.out, writeErr: io.error })
    .exitOverride();
  addServeCommand(program, { io, done });
  const run = program.command("run").description(RUN_DESCRIPTION);
  if (words.includes(run.name())) {
    const { addKinds } = await import("./run-program.ts");
    addKinds(run, { io, done });
  }
  addCommonFlags(program.command("devices"))
    .description("List the GPUs that probes can run on.")
    .action(async (flags: CommonFlags) => {
      const { devicesCommand } = await import("./devices.ts");
      done(await devicesCommand(flags, io));
    });
  addWebConfigFlag(addCommonFlags(program.command("check")))
    .description("Say what would run here, what would be left out, and why.")
    .action(async (flags: CommonFlags & WebConfigFlag) => {
      const { checkCommand } = await import("./check.ts");
      done(await checkCommand(flags, io));
    });
  addBaselineCommands(program, { io, done });
  addCompareCommand(program, { io, done });
  return program;
}

const RUN_DESCRIPTION = "Run probes of one kind now and print their figures.";

function addServeCommand(
  program: Command,
  { io, done }: Pick<ProgramOptions, "done"> & { readonly io: CommandIo },
): void {
  addServeFlags(program.command("serve"))
    .description("Run probes on a schedule and serve their figures to Prometheus.")
    .action(async (flags: ServeFlags) => {
      const { serveCommand } = await import("./serve.ts");
      done(await serveCommand(flags, io));
    });
}

/** What follows the commands in `cudaprobe --help`. */
function makeEpilogue(): string {
  const codes = EXIT_CODES.map(([code, text]) => `  ${code.padEnd(4)} ${text}`);
  const examples = EXAMPLES.map(([, command]) => `  ${command}`);
  return ["", "Exit codes:", ...codes, "", "Examples:", ...examples, ""].join("\n");
}
