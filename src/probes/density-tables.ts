import { formatDuration, formatPercent, formatSize } from "../base/units.ts";
import type { RunEnd } from "../runner/run.ts";
import { readDensity, type DensityReport, type InstanceRow } from "./density-report.ts";
import { runtimeRatio } from "./footprint-report.ts";
import type { Table } from "./kind.ts";

/** The last run as the memory experiment of StreamBox prints it, a row an instance, and what it comes to. */
export function densityTables(
  ends: readonly RunEnd[],
  options: { readonly mps: boolean },
): readonly Table[] {
  const last = ends.at(-1);
  const report = last && readDensity(last, options);
  if (report === undefined) return [];
  const tables = [instanceTable(report), summaryTable(report)];
  if (ends.length === 1) return tables;
  return tables.map((table) => ({ title: "The last of the runs:", ...table }));
}

const HEADER = [
  "instance",
  "begin",
  "after context",
  "after model",
  "per instance",
  "runtime share",
  "start",
];

function instanceTable({ rows, requestedBytes }: DensityReport): Table {
  return { header: HEADER, rows: rows.map((row) => formatRow(row, requestedBytes)) };
}

function formatRow(row: InstanceRow, requestedBytes: number | undefined): readonly string[] {
  const bytes = row.endBytes - row.beginBytes;
  const share = runtimeRatio(requestedBytes, bytes);
  return [
    row.number,
    formatMebibytes(row.beginBytes),
    formatMebibytes(row.contextBytes),
    formatMebibytes(row.endBytes),
    formatMebibytes(bytes),
    share === undefined ? "" : formatPercent(share),
    formatDuration(row.startSeconds),
  ];
}

/** All in one unit, so that a column shows what little each adds to much. */
function formatMebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function summaryTable(report: DensityReport): Table {
  const { instances, limit, instanceBytes, projection, reclaim } = report;
  return {
    header: ["", "", "limit"],
    rows: [
      ["instances", String(instances), limit],
      ...(projection === undefined
        ? []
        : [["projected instances", String(projection.instances), projection.limit]]),
      ...(instanceBytes === undefined ? [] : [["bytes per instance", formatSize(instanceBytes)]]),
      ...reclaim.map(({ how, seconds }) => [`reclaim after ${how}`, formatDuration(seconds)]),
    ].map((row) => [...row, ""].slice(0, 3)),
  };
}
