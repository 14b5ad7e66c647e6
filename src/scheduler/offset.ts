import { createHash } from "node:crypto";

/** What decides when within the jitter a target runs. */
export interface OffsetInput {
  readonly hostname: string;
  readonly probe: string;
  /** Of the GPU or MIG instance; empty for a host's target. */
  readonly uuid: string;
  readonly jitterSeconds: number;
}

/**
 * Seconds after each tick, from 0 up to the jitter: the same after every restart, and spread over hosts, probes and devices, so that a
 * fleet with one schedule does not run at one moment.
 */
export function offsetSeconds({ hostname, probe, uuid, jitterSeconds }: OffsetInput): number {
  const digest = createHash("sha256").update([hostname, probe, uuid].join("\n")).digest();
  return (digest.readUIntBE(0, 6) / 2 ** 48) * jitterSeconds;
}
