import { access, constants, realpath, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { errorText } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { writeAtomically } from "../storage/atomic-write.ts";
import type { CommandIo } from "./io.ts";

/** Where a command writes what it prints. */
export interface Output {
  /** Fails with what the system says. */
  readonly write: (text: string) => Promise<Result<undefined>>;
}

/** As for every file that a person makes; the umask takes its part of it. */
const MODE = 0o666;

/**
 * Standard output of no name or `-`, else a file, which is there whole or not at all; a device or a pipe is written to as it is. Fails,
 * before anything was measured, where that could not be written.
 */
export async function openOutput(name: string | undefined, io: CommandIo): Promise<Result<Output>> {
  if (name === undefined || name === "-") return ok(standardOutput(io));
  try {
    const file = await realpath(name).catch(() => name);
    const facts = await stat(file).catch(() => undefined);
    if (facts?.isDirectory() === true) return fail(`${name} is a directory`);
    const isPlain = facts === undefined || facts.isFile();
    await access(isPlain ? dirname(file) : file, constants.W_OK);
    return ok({
      write: writing(async (text) =>
        isPlain ? writeAtomically(file, text, MODE) : writeFile(file, text),
      ),
    });
  } catch (error) {
    return fail(errorText(error));
  }
}

function standardOutput(io: CommandIo): Output {
  return {
    write: async (text) => {
      io.out(text);
      return Promise.resolve(ok(undefined));
    },
  };
}

function writing(write: (text: string) => Promise<void>): Output["write"] {
  return async (text) => {
    try {
      await write(text);
      return ok(undefined);
    } catch (error) {
      return fail(errorText(error));
    }
  };
}
