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
  const isStrange = async (name: string): Promise<boolean> => {
    const facts = await lstat(join(directory, name)).catch(() => undefined);
    return facts !== undefined && !trusted.has(facts.uid);
  };
  const names = await readdir(directory);
  const strange = await Promise.all(names.map(isStrange));
  return names.find((_, index) => strange[index] === true);
}
