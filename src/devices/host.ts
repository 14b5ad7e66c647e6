import { arch, release } from "node:os";
import { join } from "node:path";
import { readKernelFile, readKernelFileStart } from "./kernel-file.ts";
import { readVirtualization } from "./virtualization.ts";

/** What the host is; an empty string where it does not say. */
export interface HostFacts {
  /** `NAME` of os-release, and `VERSION` without a code name; in a container those of its image. */
  readonly distribution: string;
  readonly distributionVersion: string;
  readonly kernel: string;
  /** In Node's words, such as `x64` and `arm64`. */
  readonly architecture: string;
  readonly cpuModel: string;
  /** See {@link readVirtualization}. */
  readonly virtualization: string;
}

/** More than what it says of the first processor. */
const CPU_INFO_BYTES = 8192;

/** Reads a few small files, and starts nothing. `root` is "/" but in tests. */
export function readHostFacts(root: string): HostFacts {
  const osRelease = readOsRelease(root);
  const cpuInfo = readKernelFileStart(join(root, "proc/cpuinfo"), CPU_INFO_BYTES);
  return {
    distribution: osReleaseValue(osRelease, "NAME"),
    distributionVersion:
      osReleaseValue(osRelease, "VERSION").replace(/\s*\(.*$/, "") ||
      osReleaseValue(osRelease, "VERSION_ID"),
    kernel: release(),
    architecture: arch(),
    cpuModel: cpuModelOf(cpuInfo),
    virtualization: readVirtualization(root, cpuInfo),
  };
}

/** The two places of os-release(5), the first of which wins. */
function readOsRelease(root: string): string {
  return (
    readKernelFile(join(root, "etc/os-release")) || readKernelFile(join(root, "usr/lib/os-release"))
  );
}

/** Values are those of a shell: in quotes where they have spaces, with a backslash before what would mean something to it. */
function osReleaseValue(text: string, name: string): string {
  const [, value = ""] = new RegExp(`^${name}=(.*)$`, "m").exec(text) ?? [];
  const [, , bare = ""] = /^(["']?)(.*)\1$/.exec(value.trim()) ?? [];
  return bare.replaceAll(/\\(.)/g, "$1");
}

/** Arm's kernels have no name for it, but numbers, which Arm and its licensees give out. */
function cpuModelOf(cpuInfo: string): string {
  const field = (name: string): string =>
    new RegExp(`^${name}\\s*:[ \\t]*(.+)$`, "m").exec(cpuInfo)?.[1]?.trim() ?? "";
  const model = field("model name");
  const part = field("CPU part");
  return model === "" && part !== "" ? `${field("CPU implementer")} ${part}` : model;
}
