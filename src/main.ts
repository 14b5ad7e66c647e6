#!/usr/bin/env node
import { hostname } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { systemClock } from "./base/clock.ts";
import { errorCode, errorText } from "./base/errors.ts";
import { EXIT, type CommandIo } from "./commands/io.ts";
import { createProgram } from "./commands/program.ts";
import { readVersion } from "./commands/version.ts";

const io: CommandIo = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  env: process.env,
  hostname: hostname(),
  pid: process.pid,
  nodeVersion: process.version,
  revision: process.env["CUDAPROBE_REVISION"] ?? "unknown",
  clock: systemClock,
  packageDirectory: dirname(dirname(fileURLToPath(import.meta.url))),
  onSignal: (name, callback) => {
    process.on(name, callback);
    return () => {
      process.off(name, callback);
    };
  },
  exitNow: (code) => {
    process.exit(code);
  },
};

/** Runs the command that the arguments name; the exit code is its own, or 2 when the arguments are wrong. */
async function main(): Promise<number> {
  let exitCode: number = EXIT.usage;
  const version = await readVersion(io.packageDirectory);
  const program = await createProgram(io, {
    version,
    words: process.argv.slice(2),
    done: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return exitCode;
}

/**
 * An output that cannot be written is an 'error' event, which would end the process: a daemon must outlive a full disk under its log,
 * and whoever reads no further has what it wanted.
 */
function endureBrokenOutputs(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error) => {
    if (errorCode(error) === "EPIPE") return;
    io.error(`cudaprobe: the output cannot be written: ${errorText(error)}\n`);
    process.exitCode = EXIT.fault;
  });
}

endureBrokenOutputs();
// What ends before its command has ended is a fault, whatever let it end.
let exitCode: number = EXIT.fault;
process.once("exit", () => {
  process.exitCode ??= exitCode;
});
// Not awaited here, where the bundle, which is no ES module, could not.
void main().then((code) => (exitCode = code));
