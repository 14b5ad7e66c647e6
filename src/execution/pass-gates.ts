import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { Listing } from "../devices/device.ts";
import type { NotListed } from "../devices/list-devices.ts";
import type { GateDecision } from "../gates/decide-go.ts";
import type { SkippedRun } from "../history/record.ts";
import type { Facts } from "./facts.ts";

/** Why a run is left out. */
export type SkipCause = Pick<SkippedRun, "reason" | "message">;

export interface GateModules {
  readonly facts: Facts;
  /** The gates that need no look at the driver, asked before there is one. */
  readonly hold: (target: Target) => Promise<SkipCause | undefined>;
  /** The other gates, asked with fresh facts right before a run. */
  readonly decide: (target: Target, listing: Listing) => GateDecision;
}

/** The facts with which the gates let a run go, or what they say against it. */
export async function passGates(
  target: Target,
  { hold, facts, decide }: GateModules,
  signal: AbortSignal | undefined,
): Promise<Result<Listing, SkipCause>> {
  const held = await hold(target);
  if (held !== undefined) return fail(held);
  const fresh = await facts.fresh(signal);
  if (!fresh.ok) return fail(describeNotListed(fresh.error));
  const decision = decide(target, fresh.value);
  return decision.go ? ok(fresh.value) : fail(decision);
}

function describeNotListed(reason: NotListed): {
  readonly reason: NotListed;
  readonly message: string;
} {
  return { reason, message: reason === "cancelled" ? "cut short" : "another process has the lane" };
}
