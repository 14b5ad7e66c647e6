import type { Config, Target } from "../config/config.ts";
import type { Device, Listing } from "../devices/device.ts";
import type { Reason } from "../protocol/reasons.ts";
import { DEVICE_GATES } from "./device-gates.ts";

/** What is known right before a run, when nothing has been started yet. */
export interface GateInput {
  readonly target: Target;
  readonly listing: Listing;
  readonly gates: Config["gates"];
  /** The driver is that of the Windows Subsystem for Linux. */
  readonly isWsl: boolean;
  /** An earlier run on this device still has a process, because it runs or because it hangs. */
  readonly inFlight: boolean;
  /** What such a run took of the GPU's memory when last measured. */
  readonly lastFootprintBytes: number | undefined;
}

/** Why a run is left out; the message has the values that decided. */
export interface Refusal {
  readonly reason: Reason;
  readonly message: string;
}

export type GateDecision = { readonly go: true } | ({ readonly go: false } & Refusal);

/** Asks the gates, in their order, whether a run may start. What NVML does not know stops nothing. */
export function decideGo(input: GateInput): GateDecision {
  const refusal = refuseHost(input) ?? refuseDevice(input);
  return refusal === undefined ? { go: true } : { go: false, ...refusal };
}

function refuseHost({ listing, inFlight }: GateInput): Refusal | undefined {
  if (listing.fault !== undefined) {
    const { reason, code, message } = listing.fault;
    return { reason, message: `the driver does not work: ${join(message, code)}` };
  }
  if (!inFlight) return undefined;
  return { reason: "in_flight", message: "an earlier run still has a process" };
}

function refuseDevice(input: GateInput): Refusal | undefined {
  const { target, listing } = input;
  if (target.device === undefined) return undefined;
  const device = findDevice(target.device, listing.devices);
  if (device === undefined) return refuseMissing(target.device, listing);
  for (const gate of DEVICE_GATES) {
    const refusal = gate(device, input);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

type TargetDevice = NonNullable<Target["device"]>;

function findDevice(wanted: TargetDevice, devices: readonly Device[]): Device | undefined {
  return devices.find(
    ({ gpuUuid, migUuid }) => gpuUuid === wanted.gpuUuid && migUuid === wanted.migUuid,
  );
}

function refuseMissing({ gpu, gpuUuid }: TargetDevice, listing: Listing): Refusal {
  const lost = listing.lost.find((other) => other.gpu === gpu);
  if (lost === undefined) return { reason: "no_device", message: `${gpuUuid} is not listed` };
  return { reason: lost.reason, message: join(`GPU ${String(gpu)} does not answer`, lost.code) };
}

function join(message: string, code: string): string {
  return code === "" ? message : `${message} (${code})`;
}
