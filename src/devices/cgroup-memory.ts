import { readKernelFile } from "./kernel-file.ts";
import { dirname, join, normalize } from "node:path";

/**
 * Bytes left under the tightest memory limit of the control groups (version 2) that this process is in; undefined without a limit. Page
 * cache counts as left: the kernel takes it back before it ends anybody. In a container with a cgroup namespace of its own the path is
 * `/`, and its files are the container's.
 */
export function readCgroupMemory(root: string): number | undefined {
  const membership = readKernelFile(join(root, "proc/self/cgroup"));
  const [, path] = /^0::(.*)$/m.exec(membership) ?? [];
  if (path === undefined) return undefined;
  const left = ancestors(normalize(path)).map((group) =>
    readLeft(join(root, "sys/fs/cgroup", group)),
  );
  const known = left.filter((bytes) => bytes !== undefined);
  return known.length === 0 ? undefined : Math.max(0, Math.min(...known));
}

/** `/a/b` is in `/a/b`, `/a` and `/`. */
function ancestors(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}

function readLeft(directory: string): number | undefined {
  const limit = readKernelFile(join(directory, "memory.max")).trim();
  if (!/^\d+$/.test(limit)) return undefined;
  const current = readKernelFile(join(directory, "memory.current"));
  const stat = readKernelFile(join(directory, "memory.stat"));
  return Number(limit) - Number(current) + sumFilePages(stat);
}

function sumFilePages(stat: string): number {
  const lines = stat.matchAll(/^(?:in)?active_file (\d+)$/gm);
  return [...lines].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}
