import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/**
 * Bytes left under the tightest memory limit of the control groups (version 2) that this process is in; undefined without a limit. Page
 * cache counts as left: the kernel takes it back before it ends anybody. In a container with a cgroup namespace of its own the path is
 * `/`, and its files are the container's.
 */
export async function readCgroupMemory(root: string): Promise<number | undefined> {
  const membership = await read(join(root, "proc/self/cgroup"));
  const [, path] = /^0::(.*)$/m.exec(membership) ?? [];
  if (path === undefined) return undefined;
  const left = await Promise.all(
    ancestors(normalize(path)).map(async (group) => readLeft(join(root, "sys/fs/cgroup", group))),
  );
  const known = left.filter((bytes) => bytes !== undefined);
  return known.length === 0 ? undefined : Math.max(0, Math.min(...known));
}

/** `/a/b` is in `/a/b`, `/a` and `/`. */
function ancestors(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}

async function readLeft(directory: string): Promise<number | undefined> {
  const limit = (await read(join(directory, "memory.max"))).trim();
  if (!/^\d+$/.test(limit)) return undefined;
  const [current, stat] = await Promise.all([
    read(join(directory, "memory.current")),
    read(join(directory, "memory.stat")),
  ]);
  return Number(limit) - Number(current) + sumFilePages(stat);
}

function sumFilePages(stat: string): number {
  const lines = stat.matchAll(/^(?:in)?active_file (\d+)$/gm);
  return [...lines].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
