import { formatExactSize, formatSize } from "../base/units.ts";
import type { Result } from "../base/result.ts";
import type { RunEnd } from "../runner/run.ts";
import { medianOf, readTransfers, type Transfer } from "./ipc-report.ts";
import type { Table } from "./kind.ts";

/** By how much one way is faster than another at a size; negative where it is slower. */
export interface Gain {
  readonly sizeBytes: number;
  readonly seconds: number;
}

/** From which size on it is faster: at all sizes, at none of them, or from so many bytes. Undefined where there is no size. */
export type BreakEven = "always" | "never" | number;

/** The size behind which it is never slower again, between two measured ones linear in the logarithm of the size. */
export function findBreakEven(gains: readonly Gain[]): BreakEven | undefined {
  const rising = gains.toSorted((left, right) => left.sizeBytes - right.sizeBytes);
  if (rising.length === 0) return undefined;
  const last = rising.findLastIndex(({ seconds }) => seconds <= 0);
  const [before, after] = [rising[last], rising[last + 1]];
  if (before === undefined) return "always";
  return after === undefined ? "never" : interpolate(before, after);
}

function interpolate(before: Gain, after: Gain): number {
  const part = -before.seconds / (after.seconds - before.seconds);
  return before.sizeBytes * (after.sizeBytes / before.sizeBytes) ** part;
}

/** Both kinds' successful runs. A kind that has none says why. */
export interface Comparison {
  readonly functionIpc: Result<readonly RunEnd[]>;
  readonly cudaIpc: Result<readonly RunEnd[]>;
}

const USES = [
  ["first use", "first"],
  ["reuse", "reuse"],
] as const;

/** From which size on CUDA IPC is faster than function IPC, for a first use and for a reuse. */
export function breakEvenTable({ functionIpc, cudaIpc }: Comparison): Table {
  const header = ["CUDA IPC is faster than function IPC", "from"];
  if (!functionIpc.ok) return { header, rows: unknownRows(functionIpc.error), wordColumns: 2 };
  if (!cudaIpc.ok) return { header, rows: unknownRows(cudaIpc.error), wordColumns: 2 };
  const slow = curveOf(functionIpc.value, "stream");
  const rows = USES.map(([name, use]) => {
    const gains = findGains(slow, curveOf(cudaIpc.value, use));
    return [name, describeBreakEven(findBreakEven(gains), gains)];
  });
  return { header, rows, wordColumns: 2 };
}

function unknownRows(why: string): readonly (readonly string[])[] {
  return USES.map(([name]) => [name, `not known: ${why}`]);
}

/** On the GPU itself: other GPUs have other links. */
function curveOf(ends: readonly RunEnd[], use: string): readonly Transfer[] {
  return readTransfers(ends).filter(
    (transfer) => transfer.use === use && transfer.peerGpuUuid === "",
  );
}

function findGains(slow: readonly Transfer[], fast: readonly Transfer[]): readonly Gain[] {
  return slow.flatMap(({ sizeBytes, seconds }) => {
    const other = fast.find((transfer) => transfer.sizeBytes === sizeBytes);
    if (other === undefined) return [];
    return [{ sizeBytes, seconds: medianOf(seconds) - medianOf(other.seconds) }];
  });
}

function describeBreakEven(found: BreakEven | undefined, gains: readonly Gain[]): string {
  if (typeof found === "number") return formatSize(Math.round(found));
  if (found === undefined) return "not known: no size was measured of both";
  const sizes = gains.map(({ sizeBytes }) => sizeBytes);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)].map(formatExactSize);
  return `${found} (of ${least ?? ""} to ${most ?? ""})`;
}
