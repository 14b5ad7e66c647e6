import { Command } from "commander";
import { addBaselineCommands } from "./baseline-program.ts";
import { addCompareCommand } from "./compare-program.ts";
import { addCommonFlags, addWebConfigFlag, type CommonFlags, type WebConfigFlag } from "./flags.ts";
import { EXAMPLES, EXIT_CODES } from "./help-texts.ts";
import type { CommandIo } from "./io.ts";
import { addRunCommand } from "./run-program.ts";
import { addServeFlags, type ServeFlags } from "./serve-flags.ts";

/** The whole command line. `done` gets the exit code of the command that ran; commands are imported when they are used. */
export function createProgram(
  io: CommandIo,
  { version, done }: { readonly version: string; readonly done: (exitCode: number) => void },
): Command {
  const program = new Command("cudaprobe")
    .description("Measures what a GPU function costs to start, and exports it to Prometheus.")
    .version(version, "-V, --version", "Print the version.")
    .helpOption("-h, --help", "Print this help.")
    .helpCommand("help [command]", "Print the help of a command.")
    .addHelpText("after", makeEpilogue())
    .configureOutput({ writeOut: io.out, writeErr: io.error })
    .exitOverride();
  addServeFlags(program.command("serve"))
    .description("Run probes on a schedule and serve their figures to Prometheus.")
    .action(async (flags: ServeFlags) => {
      const { serveCommand } = await import("./serve.ts");
      done(await serveCommand(flags, io));
    });
  addRunCommand(program, { io, done });
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

/** What follows the commands in `cudaprobe --help`. */
function makeEpilogue(): string {
  const codes = EXIT_CODES.map(([code, text]) => `  ${code.padEnd(4)} ${text}`);
  const examples = EXAMPLES.map(([, command]) => `  ${command}`);
  return ["", "Exit codes:", ...codes, "", "Examples:", ...examples, ""].join("\n");
}
