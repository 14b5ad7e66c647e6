import { formatExactSize } from "../base/units.ts";
import type { Result } from "../base/result.ts";
import type { Chart, CurveChart, Point } from "../plots/chart.ts";
import type { RunEnd } from "../runner/run.ts";
import { medianOf, readTransfers, type Transfer } from "./ipc-report.ts";

const SIZE = { name: "size", unit: "bytes" } as const;

/** The two ways of passing data on, by the names of their kinds. */
const COUNTERPARTS = { function_ipc: "cuda_ipc", cuda_ipc: "function_ipc" } as const;

/** Over the size: the whole beside that of the other kind, the phases, and every sample. */
export function ipcCharts(
  kind: keyof typeof COUNTERPARTS,
): (ends: readonly RunEnd[], counterpart?: Result<readonly RunEnd[]>) => readonly Chart[] {
  return (ends, counterpart) => {
    const transfers = readTransfers(ends);
    const others = counterpart?.ok === true ? readTransfers(counterpart.value) : [];
    return [
      {
        type: "curve",
        title: "Transfer, by size (medians)",
        unit: "seconds",
        over: SIZE,
        series: [...wholes(transfers, kind), ...wholes(others, COUNTERPARTS[kind])],
      },
      ...byWay(transfers).flatMap(({ way, transfers: own }): readonly Chart[] => [
        phasesCurve(`${way}: phases, by size (medians)`, own),
        {
          type: "distribution",
          title: `${way}: every sample`,
          unit: "seconds",
          rows: own.map(({ sizeBytes, seconds }) => ({
            name: formatExactSize(sizeBytes),
            values: seconds,
          })),
        },
      ]),
    ];
  };
}

function wholes(transfers: readonly Transfer[], kind: string): CurveChart["series"] {
  return byWay(transfers).map(({ way, transfers: own }) => ({
    name: `${kind} ${way}`,
    points: own.map(({ sizeBytes, seconds }) => ({ x: sizeBytes, y: medianOf(seconds) })),
  }));
}

function phasesCurve(title: string, transfers: readonly Transfer[]): Chart {
  const phases = new Set(
    transfers.flatMap((transfer) => transfer.phases.map(({ phase }) => phase)),
  );
  const series = [...phases].map((phase) => ({
    name: phase,
    points: transfers.flatMap((transfer) => pointOf(transfer, phase)),
  }));
  return { type: "curve", title, unit: "seconds", over: SIZE, series };
}

function pointOf({ sizeBytes, phases }: Transfer, phase: string): readonly Point[] {
  return phases
    .filter((other) => other.phase === phase)
    .map(({ seconds }) => ({ x: sizeBytes, y: medianOf(seconds) }));
}

/** The transfers of one use to one GPU, as `first` or `stream to GPU-…`. */
function byWay(
  transfers: readonly Transfer[],
): readonly { readonly way: string; readonly transfers: readonly Transfer[] }[] {
  return [...new Set(transfers.map(wayOf))].map((way) => ({
    way,
    transfers: transfers.filter((transfer) => wayOf(transfer) === way),
  }));
}

function wayOf({ use, peerGpuUuid }: Transfer): string {
  return peerGpuUuid === "" ? use : `${use} to ${peerGpuUuid}`;
}
