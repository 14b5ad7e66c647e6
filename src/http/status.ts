import type { DriverFacts, DriverFault } from "../devices/device.ts";
import type { Outcome } from "../protocol/outcomes.ts";

/** What the status page shows, as plain data: the daemon fills it anew for every request. */
export interface StatusView {
  /** The moment it describes, in seconds since 1970. */
  readonly atSeconds: number;
  /** Whether the emulator stands in for a driver; undefined while that is not known. */
  readonly backend: DriverFacts["backend"] | undefined;
  /** Undefined before the first listing of devices. */
  readonly up: boolean | undefined;
  /** Why no driver answers; undefined when one does. */
  readonly fault: DriverFault | undefined;
  readonly driver: DriverFacts | undefined;
  readonly configFile: string;
  /** Why nothing is started; left out unless there is a pause. */
  readonly paused?: string | undefined;
  /** In the order in which they are shown. */
  readonly targets: readonly TargetStatus[];
}

/** A target and how it is doing. */
export interface TargetStatus {
  readonly probe: string;
  readonly kind: string;
  /** Undefined for a target of the host. */
  readonly device:
    { readonly gpu: number; readonly uuid: string; readonly name: string } | undefined;
  /** Undefined before its first end. */
  readonly last: LastRun | undefined;
  /** Seconds since 1970; undefined when nothing is scheduled. */
  readonly nextAtSeconds: number | undefined;
}

/** How a target's last run ended, skips included. */
export interface LastRun {
  readonly outcome: Outcome;
  readonly reason: string | undefined;
  readonly phase: string | undefined;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** When it ended, in seconds since 1970. */
  readonly atSeconds: number;
  /** Undefined when no process was started. */
  readonly durationSeconds: number | undefined;
}
