import { formatDuration, formatPercent, formatSize } from "../base/units.ts";
import type { Figure, Table } from "../probes/kind.ts";
import { formatCsv } from "./format-csv.ts";
import { formatColumns } from "./format-table.ts";
import type { FigureSummary, Iteration, SeriesResult } from "./run-result.ts";

const TEXT_FORMATS = ["table", "json", "csv"] as const;

/** What `--format` may say. */
export const RUN_FORMATS = [...TEXT_FORMATS, "html"] as const;

export type RunFormat = (typeof RUN_FORMATS)[number];

/** All but the page, which shows more than a series' result. */
type TextFormat = (typeof TEXT_FORMATS)[number];

/** The version of the JSON's schema, docs/run-json.md. */
const SCHEMA = "cudaprobe-run/1";

type Formatter = (result: SeriesResult, tables: readonly Table[]) => string;

const FORMATTERS: Readonly<Record<TextFormat, Formatter>> = {
  table: formatTable,
  json: (result) => `${JSON.stringify({ schema: SCHEMA, ...result }, undefined, 2)}\n`,
  csv: formatCsv,
};

/** A series as text for people, a program, or a notebook. The kind's own tables are for people. */
export function formatSeries(
  result: SeriesResult,
  format: TextFormat,
  tables: readonly Table[] = [],
): string {
  return FORMATTERS[format](result, tables);
}

function formatTable(result: SeriesResult, tables: readonly Table[]): string {
  return [
    formatHeading(result),
    describeCounts(result.iterations)
      .map((line) => `${line}\n`)
      .join(""),
    isReplaced(result, tables) ? "" : formatStatistics(result.summary),
    ...tables.map(formatOwnTable),
  ].join("");
}

/** Of a single run its kind's own tables say all that the statistics would, and the table of a curve what is worth comparing. */
export function isReplaced({ iterations, curve }: SeriesResult, tables: readonly Table[]): boolean {
  const isShort = iterations.length === 1 || curve !== undefined;
  return isShort && tables.some(({ isBeside = false }) => !isBeside);
}

/** The columns of {@link summaryRow}. */
export const STATISTICS_HEADER = ["", "median", "average", "min", "max", "p95", "left out"];

function formatStatistics(summary: readonly FigureSummary[]): string {
  if (summary.length === 0) return "";
  return `\n${formatColumns([STATISTICS_HEADER, ...summary.map(summaryRow)], 1)}`;
}

function formatOwnTable({ title, header, rows, wordColumns = 1 }: Table): string {
  const heading = title === undefined ? "" : `${title}\n`;
  return `\n${heading}${formatColumns([header, ...rows], wordColumns)}`;
}

function formatHeading({ kind, options, device, driver }: SeriesResult): string {
  const said = Object.entries(options).map(([key, value]) => `${key} ${value}`);
  const gpu =
    device === undefined ? [] : [`GPU ${String(device.gpu)}: ${device.name}, ${device.gpuUuid}`];
  const backend =
    driver?.backend === "emulator" ? " (EMULATED: no figure here is a measurement)" : "";
  const version = driver === undefined ? [] : [`driver ${driver.driverVersion}${backend}`];
  const what = said.length === 0 ? kind : `${kind}: ${said.join(", ")}`;
  return [what, ...gpu, ...version].map((line) => `${line}\n`).join("");
}

/** How many runs succeeded, what became of the others, and what is left out, a line each. */
export function describeCounts(iterations: readonly Iteration[]): readonly string[] {
  const successes = iterations.filter(({ outcome }) => outcome === "success").length;
  const misses = iterations.filter(({ cacheMiss }) => cacheMiss).length;
  const others = iterations.filter(({ outcome }) => outcome !== "success").map(describeFailure);
  return [
    `${String(successes)} of ${String(iterations.length)} runs succeeded`,
    ...new Set(others),
    ...(misses === 0
      ? []
      : [`${String(misses)} compiled the kernel (JIT cache empty) and is left out`]),
  ];
}

function describeFailure({ outcome, reason, phase, code, message }: Iteration): string {
  const where = phase === undefined ? "" : ` in ${phase}`;
  const details = [code, message].filter((part) => part !== undefined).join(", ");
  return `  ${outcome}${where}: ${reason ?? outcome}${details === "" ? "" : ` (${details})`}`;
}

/** The statistics of a figure as people read them. */
export function summaryRow(summary: FigureSummary): readonly string[] {
  const { name, unit, median, average, min, max, p95, leftOut } = summary;
  const values = [median, average, min, max, p95].map(VALUE_FORMATS[unit]);
  return [name, ...values, String(leftOut)];
}

const VALUE_FORMATS: Readonly<Record<Figure["unit"], (value: number) => string>> = {
  seconds: formatDuration,
  bytes: formatSize,
  ratio: formatPercent,
  count: (value) => String(Number(value.toPrecision(3))),
};
