import type { HostFacts } from "../../src/devices/host.ts";

/** A host that nobody measures on. */
export const HOST_FACTS: HostFacts = {
  distribution: "Debian",
  distributionVersion: "12",
  kernel: "6",
  architecture: "x64",
  cpuModel: "a processor",
  virtualization: "none",
};
