import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/**
 * A small file of /proc, /sys or /etc; empty where there is none. The kernel makes most of them up at once, without a disk, so that waiting for it takes a fiftieth of
 * what having it read by another thread does. In an LXC container some come from lxcfs, a process of the host, which has to be alive.
 */
export function readKernelFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The beginning of one that may be long, such as /proc/cpuinfo, which says the same of each of hundreds of processors. */
export function readKernelFileStart(file: string, bytes: number): string {
  try {
    const descriptor = openSync(file, "r");
    try {
      const buffer = Buffer.alloc(bytes);
      return buffer.toString("utf8", 0, readSync(descriptor, buffer));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}
