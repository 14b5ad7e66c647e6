import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * The name of something in a directory that belongs neither to this user, nor to root, nor to the directory's owner. What is there is
 * trusted: compiled kernels are loaded from it, and clients look for MPS in it. So in a directory that everybody may write to, as /tmp, nothing
 * of others may lie.
 */
export async function findStranger(directory: string): Promise<string | undefined> {
  const { uid: owner } = await stat(directory);
  const trusted = new Set([0, owner, process.getuid?.()]);
  for (const name of await readdir(directory)) {
    const facts = await lstat(join(directory, name)).catch(() => undefined);
    if (facts !== undefined && !trusted.has(facts.uid)) return name;
  }
  return undefined;
}
