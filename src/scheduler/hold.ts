import type { Clock } from "../base/clock.ts";
import { wallClockSeconds } from "../base/wall-clock.ts";
import type { Config, Target } from "../config/config.ts";
import type { HostState } from "../devices/host-state.ts";
import type { Refusal } from "../gates/decide-go.ts";
import { refuseHold } from "../gates/hold-gates.ts";
import { findOpenWindow } from "./open-window.ts";

export interface HoldModules {
  /** Those of the config, which a reload may change. */
  readonly gates: () => Config["gates"];
  readonly readHostState: () => Promise<HostState>;
  readonly clock: Clock;
}

/** Why a run may not even look at the driver now, or undefined. */
export type Hold = (target: Target) => Promise<Refusal | undefined>;

/** Asks the host and the clock before every run. */
export function createHold({ gates, readHostState, clock }: HoldModules): Hold {
  return async (target) => {
    const host = await readHostState();
    const quietHours = findOpenWindow(gates().quietHours, wallClockSeconds(clock.wallSeconds()));
    return refuseHold({ target, gates: gates(), host, quietHours });
  };
}
