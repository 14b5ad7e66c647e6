import { fail, type Result } from "../base/result.ts";
import type { Reason } from "../protocol/reasons.ts";

/** Why there is no daemon. */
export interface MpsFault {
  readonly reason: Extract<
    Reason,
    "mps_control_missing" | "mps_unavailable" | "lane_busy" | "cancelled"
  >;
  readonly message: string;
}

/** The fault as a result. */
export function mpsFault(reason: MpsFault["reason"], message: string): Result<never, MpsFault> {
  return fail({ reason, message });
}
