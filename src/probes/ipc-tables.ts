import { formatExactSize } from "../base/units.ts";
import { summarize } from "../statistics/summary.ts";
import { medianOf, secondsOf, type Transfer } from "./ipc-report.ts";
import type { Table } from "./kind.ts";

/** Of fewer samples a p95 is hardly more than their maximum. */
const P95_SAMPLES = 20;

/** A column beside the size. */
export interface TransferColumn {
  readonly header: string;
  readonly cell: (transfer: Transfer) => string;
}

/** A phase's median in microseconds; without a phase that of the whole. */
export function microseconds(header: string, phase?: string): TransferColumn {
  return { header, cell: (transfer) => formatMicroseconds(medianOf(secondsIn(transfer, phase))) };
}

/** Bytes by a phase's median, in GB/s; without a phase by that of the whole. */
export function gigabytesPerSecond(header: string, phase?: string): TransferColumn {
  return {
    header,
    cell: (transfer) => formatRate(transfer.sizeBytes, medianOf(secondsIn(transfer, phase))),
  };
}

/** The p95 of the whole, in microseconds; no column where there are too few samples of any. */
export function p95(transfers: readonly Transfer[]): readonly TransferColumn[] {
  const isFew = transfers.some(({ seconds }) => seconds.length < P95_SAMPLES);
  return isFew ? [] : [{ header: "p95", cell: formatP95 }];
}

function formatP95({ seconds }: Transfer): string {
  return formatMicroseconds(summarize(seconds)?.p95 ?? Number.NaN);
}

/** A row a size. */
export function transferTable(
  title: string,
  transfers: readonly Transfer[],
  columns: readonly TransferColumn[],
): Table {
  return {
    title,
    header: ["size", ...columns.map(({ header }) => header)],
    rows: transfers.map((transfer) => [
      formatExactSize(transfer.sizeBytes),
      ...columns.map(({ cell }) => cell(transfer)),
    ]),
  };
}

/** The transfers of each GPU that data went to, with words for a title; the GPU that it was on comes first. */
export function byPeer(
  transfers: readonly Transfer[],
): readonly { readonly to: string; readonly transfers: readonly Transfer[] }[] {
  const peers = [...new Set(transfers.map(({ peerGpuUuid }) => peerGpuUuid))];
  return peers.map((peer) => ({
    to: peer === "" ? "" : ` to ${peer}`,
    transfers: transfers.filter(({ peerGpuUuid }) => peerGpuUuid === peer),
  }));
}

/** `median of 5 samples`, as the least that a row has. */
export function describeSamples(transfers: readonly Transfer[]): string {
  const counts = transfers.map(({ seconds }) => seconds.length);
  return `median of ${String(Math.min(...counts))} samples`;
}

function secondsIn(transfer: Transfer, phase: string | undefined): readonly number[] {
  return phase === undefined ? transfer.seconds : secondsOf(transfer, phase);
}

/** Four digits, and every digit before the point. */
function formatMicroseconds(seconds: number): string {
  const value = seconds * 1e6;
  if (!Number.isFinite(value)) return "";
  return String(value >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
}

function formatRate(bytes: number, seconds: number): string {
  const rate = bytes / seconds / 1e9;
  return Number.isFinite(rate) ? String(Number(rate.toPrecision(3))) : "";
}
