import { describeDifferences, UNKNOWN, type Fact } from "./differences.ts";
import type { RunFile } from "./run-file.ts";

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

/** Of runs of a framework. */
const FRAMEWORK_FACTS: typeof FACTS = {
  framework: ({ framework }) => framework?.version,
  Python: ({ framework }) => framework?.python,
};

/** All that is known of both places, and what differs of what ran without being another measurement. */
export function describeFacts(a: RunFile, b: RunFile): readonly Fact[] {
  const hasFramework = a.framework !== undefined || b.framework !== undefined;
  const facts = { ...FACTS, ...(hasFramework ? FRAMEWORK_FACTS : {}) };
  return [
    ...Object.entries(facts).map(([name, read]) => ({
      name,
      a: read(a) ?? UNKNOWN,
      b: read(b) ?? UNKNOWN,
    })),
    ...describeDifferences(a, b),
  ];
}
