import { open, rename, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "../base/errors.ts";

/**
 * Writes a whole file so that after a crash or a power cut the old text or the new one is there, never a part: a temporary file
 * beside it, fsync, rename, fsync of the directory. The mode is that of a new file. Throws what the file system throws, and leaves no temporary file then.
 */
export async function writeAtomically(file: string, text: string, mode = 0o600): Promise<void> {
  await replace(file, { text, mode, isSynced: true });
  await syncDirectory(dirname(file));
}

/** The same without waiting for the disk: safe from a crash of this process, and not from a power cut. */
export async function writeUnsynced(file: string, text: string, mode = 0o600): Promise<void> {
  await replace(file, { text, mode, isSynced: false });
}

interface Content {
  readonly text: string;
  readonly mode: number;
  readonly isSynced: boolean;
}

async function replace(file: string, content: Content): Promise<void> {
  const temporary = join(dirname(file), temporaryName(basename(file)));
  try {
    await writeNew(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
}

/** Hidden, and telling whose it is. One name is enough: a process has one write to a file under way at a time. */
function temporaryName(name: string): string {
  return `.${name}.${process.pid}.tmp`;
}

/** The process that writes, or wrote, a temporary file; undefined when it is none. */
export function pidOfTemporary(name: string): number | undefined {
  const [, pid] = /^\..*\.(\d+)\.tmp$/.exec(name) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

async function writeNew(file: string, { text, mode, isSynced }: Content): Promise<void> {
  await withHandle(await openNew(file, mode), async (handle) => {
    await handle.writeFile(text);
    if (isSynced) await handle.sync();
  });
}

/** Never through a link that somebody has laid in the place of the temporary file, whose name can be guessed. */
async function openNew(file: string, mode: number): Promise<FileHandle> {
  try {
    return await open(file, "wx", mode);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
  await removeIfThere(file);
  return open(file, "wx", mode);
}

/** Rather than rm, which looks for directories first: that takes longer than all else before the disk. */
async function removeIfThere(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  await withHandle(await open(directory, "r"), async (handle) => handle.sync());
}

async function withHandle(
  handle: FileHandle,
  use: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  try {
    await use(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
  // Not waited for: what was synced is on the disk, whatever closing says.
  void handle.close().catch(() => undefined);
}
