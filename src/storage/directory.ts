import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../base/errors.ts";
import { isRunning } from "../base/is-running.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { pidOfTemporary, writeAtomically } from "./atomic-write.ts";
import { findStranger } from "./find-stranger.ts";

/**
 * Makes a directory that can be written, or says why it cannot be. Only writing tells: permissions do not show a read-only file
 * system, a full one, or what root may do. One in which another user could lay something is not used. Temporary files of processes that are gone are removed.
 */
export async function openDirectory(directory: string): Promise<Result<void>> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const stranger = await findStranger(directory);
    if (stranger !== undefined) return fail(`${stranger} in it belongs to another user`);
    await tryOut(join(directory, ".writable"));
    await removeLeftovers(directory);
    return ok(undefined);
  } catch (error) {
    return fail(errorText(error));
  }
}

async function tryOut(file: string): Promise<void> {
  await writeAtomically(file, "");
  await rm(file, { force: true });
}

async function removeLeftovers(directory: string): Promise<void> {
  const names = await readdir(directory);
  const leftovers = names.filter((name) => isLeftover(name));
  await Promise.all(leftovers.map(async (name) => rm(join(directory, name), { force: true })));
}

/** This process has no write under way yet: a file that bears its number is of an earlier one. */
function isLeftover(name: string): boolean {
  const pid = pidOfTemporary(name);
  return pid !== undefined && (pid === process.pid || !isRunning(pid));
}
