import type { RunEnd } from "../runner/run.ts";
import { LIMIT_INFO, PROJECTED_INSTANCES, projectionFamilies } from "./density-families.ts";
import type { Family, Observation } from "./family.ts";
import { readFootprint, type AddedBytes } from "./footprint-report.ts";
import { project, type DeviceState, type ListedDevice } from "./projection.ts";
import { valueOf } from "./samples.ts";

const BYTES = "cudaprobe_footprint_bytes";
const RATIO = "cudaprobe_runtime_memory_ratio";

const labelNames = ["probe", "runtime", "mps"];

/** The families of footprints; the values come from scheduled runs, not from the scrape. */
export const footprintFamilies: readonly Family[] = [
  {
    name: BYTES,
    type: "gauge",
    help: "GPU memory that each phase of a function's start added to its process in the last scheduled run, 0 where it added none; of the component mps_server what the server held after the phase context, and what later phases added to it.",
    labelNames: [...labelNames, "component", "phase"],
    device: true,
    last: true,
  },
  {
    name: RATIO,
    type: "gauge",
    help: "Part of a function's GPU memory that it did not ask for, from 0 to 1, in the last scheduled run: what its runtime takes.",
    labelNames,
    device: true,
    last: true,
  },
  ...projectionFamilies,
];

type Labels = Readonly<Record<string, string>>;

/** What a successful run says. */
export function observeFootprint(labels: Labels, end: RunEnd): readonly Observation[] {
  const report = readFootprint(end);
  if (report === undefined) return [];
  const { runtimeRatio } = report;
  return [
    ...observeAdded({ ...labels, component: "process" }, report.process),
    ...observeAdded({ ...labels, component: "mps_server" }, report.server),
    ...(runtimeRatio === undefined ? [] : [{ family: RATIO, labels, value: runtimeRatio }]),
  ];
}

function memoryAfter(end: RunEnd): Pick<DeviceState, "memoryTotalBytes" | "memoryFreeBytes"> {
  return {
    memoryTotalBytes: valueOf(end, "memory_total_bytes"),
    memoryFreeBytes: valueOf(end, "memory_free_bytes"),
  };
}

function observeAdded(labels: Labels, added: readonly AddedBytes[]): readonly Observation[] {
  return added.map(({ phase, bytes }) => ({
    family: BYTES,
    labels: { ...labels, phase },
    value: bytes,
  }));
}

/**
 * How many more of such functions fit on the device as it is now. Without persistence mode listings do not look at its memory, since
 * that would wake it: then as it was after the run.
 */
export function projectFootprint(
  labels: Labels & { readonly mps: string },
  end: RunEnd,
  device: ListedDevice,
): readonly Observation[] {
  const report = readFootprint(end);
  if (report === undefined) return [];
  const instances = { bytes: report.processBytes, mps: labels.mps === "true" };
  const isAwake = device.persistenceMode !== "disabled";
  const projection = project(instances, isAwake ? device : { ...device, ...memoryAfter(end) });
  if (projection === undefined) return [];
  return [
    { family: PROJECTED_INSTANCES, labels, value: projection.instances },
    { family: LIMIT_INFO, labels: { ...labels, limit: projection.limit }, value: 1 },
  ];
}
