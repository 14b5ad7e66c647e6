import { access, constants } from "node:fs/promises";
import { join } from "node:path";
import { ok, type Result } from "../base/result.ts";
import { mpsFault, type MpsFault } from "./fault.ts";

const CONTROL_PROGRAM = "nvidia-cuda-mps-control";

/** The program that is MPS' daemon, and its front end too: the first in these directories. */
export async function findControl(
  directories: readonly string[],
): Promise<Result<string, MpsFault>> {
  const files = directories.map((directory) => join(directory, CONTROL_PROGRAM));
  const found = await Promise.all(files.map(isExecutable));
  const file = files.find((_, index) => found[index] === true);
  if (file !== undefined) return ok(file);
  const message = `there is no ${CONTROL_PROGRAM} in ${directories.join(", ")}`;
  return mpsFault("mps_control_missing", message);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
