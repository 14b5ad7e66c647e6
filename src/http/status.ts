import type { DriverFacts, DriverFault, LostDevice } from "../devices/device.ts";
import type { Outcome } from "../protocol/outcomes.ts";
import type { DeviceView } from "./page/views.ts";

/** What the status page shows, as plain data: the daemon fills it anew for every request. */
export interface StatusView {
  /** The moment it describes, in seconds since 1970. */
  readonly atSeconds: number;
  readonly hostname: string;
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
  /** As it was loaded, without what is secret. */
  readonly configText: string;
  /** How many the config has, whatever they can run on. */
  readonly configuredProbes: number;
  readonly devices: readonly DeviceView[];
  /** Devices that are in the machine and do not answer. */
  readonly lost: readonly LostDevice[];
  /** In the order of the config and then of the devices. */
  readonly targets: readonly TargetStatus[];
  /** The latest runs of the host, the latest first, skips among them. */
  readonly runs: readonly RunStatus[];
  /** The latest failures, apart, so that the runs that go well do not push them out. */
  readonly failures: readonly FailureStatus[];
}

/** A target and how it is doing. */
export interface TargetStatus {
  readonly probe: string;
  readonly kind: string;
  /** A cron expression. */
  readonly schedule: string;
  readonly device: TargetDevice | undefined;
  /** Undefined before its first end. */
  readonly last: LastRun | undefined;
  /** Seconds since 1970; undefined when nothing is scheduled. */
  readonly nextAtSeconds: number | undefined;
}

/** What a target is on; a target of the host has none. */
export interface TargetDevice {
  readonly gpu: number;
  /** Of the MIG instance where it is one. */
  readonly uuid: string;
  readonly name: string;
}

/** One of the latest runs. */
export interface RunStatus extends LastRun {
  readonly probe: string;
  readonly device: TargetDevice | undefined;
}

/** A failure, and the end of what its probe said. */
export interface FailureStatus extends RunStatus {
  /** The id of the run in the log. */
  readonly runId: string;
  /** Lines of standard output. */
  readonly transcript: readonly string[];
  readonly stderr: string;
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
