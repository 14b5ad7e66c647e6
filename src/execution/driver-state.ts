import type { DriverFault, Listing } from "../devices/device.ts";
import type { Reason } from "../protocol/reasons.ts";
import type { RunEnd } from "../runner/run.ts";

/** Reasons that speak of the host's driver, not of one run. */
const DRIVER_REASONS: ReadonlySet<Reason> = new Set([
  "no_library",
  "stub_library",
  "no_driver",
  "driver_mismatch",
  "driver_too_old",
  "no_device",
  "system_not_ready",
  "uvm_missing",
]);

/** Phases before a device is chosen: what fails in them fails for every device. */
const DRIVER_PHASES: ReadonlySet<string> = new Set(["load_driver", "init"]);

/**
 * NVML may list devices on a host where CUDA cannot start, so a run that failed before it chose a device is evidence too. It stands until
 * a run gets further, since no listing can refute it.
 */
export function driverFaultOfRun(end: RunEnd): DriverFault | undefined {
  const { outcome, reason, phase, code, message } = end;
  if (outcome !== "failure" || reason === undefined || phase === undefined) return undefined;
  if (!DRIVER_REASONS.has(reason) || !DRIVER_PHASES.has(phase)) return undefined;
  return { reason, code: code ?? "", message: message ?? `CUDA failed in ${phase}` };
}

/** Whether a run got past the point where {@link driverFaultOfRun} could have held. */
export function provesDriver(end: RunEnd): boolean {
  return end.report.instances.some((instance) =>
    instance.phases.some((interval) => interval.phase === "init"),
  );
}

/** The listing with the fault that users should see: its own, else the one that runs showed. */
export function withRunFault(listing: Listing, runFault: DriverFault | undefined): Listing {
  return { ...listing, fault: listing.fault ?? runFault };
}
