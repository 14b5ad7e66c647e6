import type { ProbeContext } from "../../src/probes/kind.ts";
import { nativeFile } from "./native.ts";

/** A probe's context on the driver that is installed, on no device, with what the test cares about in place. */
export function probeContext(given: Partial<ProbeContext> = {}): ProbeContext {
  return {
    gpuUuid: undefined,
    peerGpuUuids: [],
    libcuda: undefined,
    libnvidiaMl: undefined,
    nativeDirectory: nativeFile("."),
    frameworksDirectory: "/frameworks",
    neededProgram: "",
    libraryCopies: undefined,
    processesPerDevice: 64,
    mpsServerPid: undefined,
    ...given,
  };
}
