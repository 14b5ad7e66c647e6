import { readKernelFile } from "./kernel-file.ts";
import { join } from "node:path";
import { readCgroupMemory } from "./cgroup-memory.ts";

/** What gates ask of the host itself. What it does not tell is undefined. */
export interface HostState {
  /** What may be taken without pushing somebody out. */
  readonly memoryAvailableBytes: number | undefined;
  /** Whose memory is that scarce: the host's, or that of a control group which we are in. */
  readonly memoryOf: "host" | "control group";
  /** Load average of a minute, divided by the CPUs that are online. */
  readonly loadPerCpu: number | undefined;
}

/** Reads a few small files of the kernel's, which costs next to nothing. `root` is "/" but in tests. */
export function readHostState(root: string): HostState {
  const groupBytes = readCgroupMemory(root);
  const hostBytes = parseAvailable(readKernelFile(join(root, "proc/meminfo")));
  const isGroupLess = groupBytes !== undefined && groupBytes < (hostBytes ?? Infinity);
  return {
    memoryAvailableBytes: isGroupLess ? groupBytes : hostBytes,
    memoryOf: isGroupLess ? "control group" : "host",
    loadPerCpu: parseLoadPerCpu(
      readKernelFile(join(root, "proc/loadavg")),
      readKernelFile(join(root, "sys/devices/system/cpu/online")),
    ),
  };
}

function parseAvailable(meminfo: string): number | undefined {
  const [, kibibytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** The CPUs of the host rather than those that we may run on: the load is that of the host, too. */
function parseLoadPerCpu(loadavg: string, online: string): number | undefined {
  const load = Number(loadavg.split(" ")[0] ?? "");
  const cpus = countCpus(online);
  return loadavg === "" || cpus === 0 || Number.isNaN(load) ? undefined : load / cpus;
}

/** Of a list such as `0-3,8,10-11`. */
function countCpus(list: string): number {
  const ranges = list.trim().matchAll(/(\d+)(?:-(\d+))?/g);
  return [...ranges].reduce(
    (sum, [, first = "", last = first]) => sum + Number(last) - Number(first) + 1,
    0,
  );
}
