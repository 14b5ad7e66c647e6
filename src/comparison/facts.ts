import type { RunFile } from "./run-file.ts";

/** Something about where the runs were made, in both files. */
export interface Fact {
  readonly name: string;
  readonly a: string;
  readonly b: string;
}

const UNKNOWN = "unknown";

const FACTS: Readonly<Record<string, (file: RunFile) => string | undefined>> = {
  "GPU model": ({ device }) => device?.name,
  GPU: ({ device }) => device?.gpuUuid,
  driver: ({ driver }) => driver?.driverVersion,
  CUDA: ({ driver }) => driver?.cudaVersion,
  backend: ({ driver }) => driver?.backend,
  distribution: ({ host }) => `${host.distribution} ${host.distributionVersion}`.trim(),
  kernel: ({ host }) => host.kernel,
  processor: ({ host }) => host.cpuModel,
  hypervisor: ({ host }) => host.virtualization,
};

/** All that is known of both places. */
export function describeFacts(a: RunFile, b: RunFile): readonly Fact[] {
  return Object.entries(FACTS).map(([name, read]) => ({
    name,
    a: read(a) ?? UNKNOWN,
    b: read(b) ?? UNKNOWN,
  }));
}
