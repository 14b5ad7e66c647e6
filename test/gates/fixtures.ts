import type { Device, Listing } from "../../src/devices/device.ts";
import type { GateInput } from "../../src/gates/decide-go.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { Surroundings } from "../../src/probes/kind.ts";
import { device, target } from "../config/fixtures.ts";

export const GPU = device(0, "GPU-a");
const TARGET = target('name: start, kind: cold_start, schedule: "@daily"', GPU);
export const HOST_TARGET = target('name: census, kind: census, schedule: "@daily"');
export const BANDWIDTH_TARGET = {
  ...TARGET,
  probe: { ...TARGET.probe, kind: { ...coldStart, gatedByUtilization: true } },
};
export const MPS_TARGET = {
  ...TARGET,
  probe: {
    ...TARGET.probe,
    measurement: { ...TARGET.probe.measurement, mps: { activeThreadPercentage: 100 } },
  },
};
/** Has two contexts at the same time. */
export const PAIR_TARGET = {
  ...TARGET,
  probe: { ...TARGET.probe, measurement: { ...TARGET.probe.measurement, contexts: 2 } },
};
/** Asks for memory, and for neither WSL nor MIG. */
export const DEMANDING_TARGET = {
  ...TARGET,
  probe: {
    ...TARGET.probe,
    measurement: {
      ...TARGET.probe.measurement,
      memoryBytes: 192 * 2 ** 20,
      unsupported: ({ isWsl, isMigInstance }: Surroundings): string | undefined =>
        isWsl || isMigInstance ? `wsl ${isWsl}, mig ${isMigInstance}` : undefined,
    },
  },
};
const GIB = 2 ** 30;
export const GATES: GateInput["gates"] = {
  minFreeMemoryBytes: GIB,
  maxGpuUtilization: 0.9,
  minFreeHostMemoryBytes: GIB,
  maxHostLoad: 16,
  quietHours: [],
  pauseFile: undefined,
};

export function listing(changes: Partial<Listing> = {}): Listing {
  return {
    atSeconds: 0,
    driver: undefined,
    devices: [GPU],
    lost: [],
    fault: undefined,
    ...changes,
  };
}

export function input(changes: Partial<GateInput> = {}): GateInput {
  return {
    target: TARGET,
    listing: listing(),
    gates: GATES,
    isWsl: false,
    inFlight: false,
    lastFootprintBytes: undefined,
    ...changes,
  };
}

export function withDevice(changes: Partial<Device>, others: Partial<GateInput> = {}): GateInput {
  return input({ listing: listing({ devices: [{ ...GPU, ...changes }] }), ...others });
}
