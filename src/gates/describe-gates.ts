import { formatPercent, formatSize, formatSpan } from "../base/units.ts";
import type { Target } from "../config/config.ts";
import type { Device } from "../devices/device.ts";
import { describeDowntrained, describeLink } from "../probes/pcie-link.ts";
import type { GateInput, Refusal } from "./decide-go.ts";
import {
  type DeviceGate,
  memoryFloorBytes,
  nameRecovery,
  refuseBusy,
  refuseComputeMode,
  refuseLowMemory,
  refuseMigChange,
  refuseMigParent,
  refusePageRepair,
  refuseRecovery,
} from "./device-gates.ts";
import {
  type HoldInput,
  refuseHostLoad,
  refuseLowHostMemory,
  refuseQuietHours,
} from "./hold-gates.ts";

/** A gate as it stands: for people. */
export interface GateView {
  readonly gate: string;
  /** What it looks at. */
  readonly now: string;
  /** What it lets through. */
  readonly limit: string;
  /** The probes that it would hold back now: `no`, `all`, or their names; or a warning of what holds nothing back. */
  readonly stops: string;
}

type Surroundings = Omit<HoldInput, "target">;

/** The gates that look at the host, over the targets that there are. */
export function describeHostGates(
  { gates, host, quietHours }: Surroundings,
  targets: readonly Target[],
): readonly GateView[] {
  const ask = (gate: (input: HoldInput) => Refusal | undefined): string =>
    describeStops(targets, (target) => gate({ target, gates, host, quietHours }));
  const load = host.loadPerCpu;
  return [
    {
      gate: "quiet hours",
      now: quietHours === undefined ? "none" : `"${quietHours.schedule}"`,
      limit: gates.quietHours.map(describeWindow).join(", ") || "none",
      stops: ask(refuseQuietHours),
    },
    {
      gate: `memory of the ${host.memoryOf}`,
      now: describeBytes(host.memoryAvailableBytes),
      limit: `${formatSize(gates.minFreeHostMemoryBytes)} available`,
      stops: ask(refuseLowHostMemory),
    },
    {
      gate: "load of the host",
      now: load === undefined ? UNKNOWN : String(Number(load.toPrecision(3))),
      limit: `${String(gates.maxHostLoad)} for each CPU`,
      stops: ask(refuseHostLoad),
    },
  ];
}

/** The gates that look at a device, over its targets. `inputOf` is what is known before a run of one. */
export function describeDeviceGates(
  device: Device,
  targets: readonly Target[],
  inputOf: (target: Target) => GateInput,
): readonly GateView[] {
  const inputs = targets.map(inputOf);
  const views = DEVICE_ROWS.map(({ gate, now, limit, asks }) => ({
    gate,
    now: now(device),
    limit: limit(inputs),
    stops: describeStops(targets, (target) =>
      asks.map((ask) => ask(device, inputOf(target))).find((refusal) => refusal !== undefined),
    ),
  }));
  return [...views, describePcieLink(device)];
}

const UNKNOWN = "not told";

interface DeviceRow {
  readonly gate: string;
  readonly now: (device: Device) => string;
  readonly limit: (inputs: readonly GateInput[]) => string;
  readonly asks: readonly DeviceGate[];
}

const DEVICE_ROWS: readonly DeviceRow[] = [
  {
    gate: "recovery",
    now: ({ recoveryAction: action }) => (action === undefined ? UNKNOWN : nameRecovery(action)),
    limit: () => "none",
    asks: [refuseRecovery],
  },
  { gate: "memory repair", now: describeRepair, limit: () => "none", asks: [refusePageRepair] },
  {
    gate: "MIG",
    now: ({ migMode, migChangePending }) =>
      migChangePending === true ? `${migMode}, change pending` : migMode,
    limit: () => "disabled, no change pending",
    asks: [refuseMigChange, refuseMigParent],
  },
  {
    gate: "compute mode",
    now: ({ computeMode }) => computeMode,
    limit: () => "default",
    asks: [refuseComputeMode],
  },
  {
    gate: "free memory",
    now: ({ memoryFreeBytes }) => describeBytes(memoryFreeBytes),
    limit: (inputs) => describeEach(inputs.map(memoryFloorBytes), formatSize),
    asks: [refuseLowMemory],
  },
  {
    gate: "utilization",
    now: ({ utilizationRatio: ratio }) => (ratio === undefined ? UNKNOWN : formatPercent(ratio)),
    limit: (inputs) =>
      describeEach(
        inputs.map(({ gates }) => gates.maxGpuUtilization),
        formatPercent,
      ),
    asks: [refuseBusy],
  },
];

/** What targets have in common once, in the order of size. */
function describeEach(values: readonly number[], format: (value: number) => string): string {
  const words = values.toSorted((left, right) => left - right).map(format);
  return [...new Set(words)].join(", ");
}

/** No gate: a warning. At rest a link may be at a lower generation, to save power. */
function describePcieLink({ pcieLink, utilizationRatio }: Device): GateView {
  const { generation, width, maxGeneration, maxWidth } = pcieLink;
  const isBusy = utilizationRatio !== undefined && utilizationRatio > 0;
  const isDowntrained = describeDowntrained(pcieLink, isBusy) !== undefined;
  return {
    gate: "PCIe link",
    now: width === undefined ? UNKNOWN : describeLink(generation, width),
    limit: maxWidth === undefined ? UNKNOWN : describeLink(maxGeneration, maxWidth),
    stops: isDowntrained ? "no, but down-trained: copies are slower than they can be" : "no",
  };
}

function describeRepair({ pageRepairPending, pageRepairFailed }: Device): string {
  if (pageRepairFailed === true) return "failed";
  if (pageRepairPending === undefined) return UNKNOWN;
  return pageRepairPending ? "pending" : "none";
}

function describeWindow({
  schedule,
  durationSeconds,
}: HoldInput["gates"]["quietHours"][number]): string {
  return `"${schedule}" for ${formatSpan(durationSeconds)}`;
}

function describeBytes(bytes: number | undefined): string {
  return bytes === undefined ? UNKNOWN : formatSize(bytes);
}

function describeStops(
  targets: readonly Target[],
  refuse: (target: Target) => Refusal | undefined,
): string {
  const stopped = targets.filter((target) => refuse(target) !== undefined);
  if (stopped.length === 0) return "no";
  if (stopped.length === targets.length) return "all";
  return [...new Set(stopped.map(({ probe }) => probe.name))].join(", ");
}
