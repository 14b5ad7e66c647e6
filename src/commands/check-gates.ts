import { wallClockSeconds } from "../base/wall-clock.ts";
import type { Target } from "../config/config.ts";
import type { HostState } from "../devices/host-state.ts";
import type { GateInput, Refusal } from "../gates/decide-go.ts";
import { describeDeviceGates, describeHostGates, type GateView } from "../gates/describe-gates.ts";
import { refuseHold } from "../gates/hold-gates.ts";
import { findOpenWindow } from "../scheduler/open-window.ts";
import { formatColumns } from "./format-table.ts";
import type { CommandIo } from "./io.ts";
import type { Session } from "./session.ts";

/** What the gates see of this host at the moment, and no daemon's past. */
export interface GateSight {
  /** Why a run may not even look at the driver. */
  readonly hold: (target: Target) => Refusal | undefined;
  /** What the other gates are asked with. */
  readonly inputOf: (target: Target) => GateInput;
  /** Each gate, with its value and its limit. */
  readonly describe: (targets: readonly Target[]) => string;
}

/** Looks at the host once. */
export async function lookAtGates(session: Session, { clock }: CommandIo): Promise<GateSight> {
  const { config, listing, host } = session;
  const { gates } = config;
  const state: HostState = await host.readHostState();
  const quietHours = findOpenWindow(gates.quietHours, wallClockSeconds(clock.wallSeconds()));
  const surroundings = { gates, host: state, quietHours };
  const inputOf = (target: Target): GateInput => ({
    target,
    listing,
    gates,
    isWsl: host.isWsl,
    inFlight: false,
    lastFootprintBytes: undefined,
  });
  return {
    hold: (target) => refuseHold({ target, ...surroundings }),
    inputOf,
    describe: (targets) =>
      formatGates([
        ...describeHostGates(surroundings, targets).map((view) => ({ gpu: "", ...view })),
        ...listing.devices.flatMap((device) => {
          const own = targets.filter((target) => target.device?.gpuUuid === device.gpuUuid);
          const views = own.length === 0 ? [] : describeDeviceGates(device, own, inputOf);
          return views.map((view) => ({ gpu: String(device.gpu), ...view }));
        }),
      ]),
  };
}

function formatGates(views: readonly (GateView & { readonly gpu: string })[]): string {
  const header = ["gate", "gpu", "now", "limit", "holds back"];
  const rows = views.map(({ gate, gpu, now, limit, stops }) => [gate, gpu, now, limit, stops]);
  return formatColumns([header, ...rows], header.length);
}
