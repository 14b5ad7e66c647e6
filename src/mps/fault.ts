import { fail, type Result } from "../base/result.ts";
import type { Reason } from "../protocol/reasons.ts";

/** Why there is no daemon. */
export interface MpsFault {
  readonly reason: Extract<
    Reason,
    "mps_control_missing" | "mps_unavailable" | "lane_busy" | "cancelled"
  >;
  readonly message: string;
  /** Only of a daemon that did not come up and did not even end by SIGKILL: settles when it is gone at last. */
  readonly gone?: Promise<void>;
}

/** The fault as a result. */
export function mpsFault(reason: MpsFault["reason"], message: string): Result<never, MpsFault> {
  return fail({ reason, message });
}
