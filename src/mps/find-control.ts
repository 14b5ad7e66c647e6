import { access, constants } from "node:fs/promises";
import { join } from "node:path";

export const CONTROL_PROGRAM = "nvidia-cuda-mps-control";

/** The program that is MPS' daemon, and its front end too; undefined when no directory has it. */
export async function findControl(directories: readonly string[]): Promise<string | undefined> {
  const files = directories.map((directory) => join(directory, CONTROL_PROGRAM));
  const found = await Promise.all(files.map(isExecutable));
  return files.find((_, index) => found[index] === true);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
