import { formatDuration, formatSize } from "../base/units.ts";
import type { FigureComparison, RunComparison, RunCounts } from "../comparison/compare-runs.ts";
import { verdictOf, verdictOfAll } from "../comparison/verdict.ts";
import { MINIMUM_SAMPLES } from "../statistics/compare-samples.ts";
import type { CompareFormat } from "./compare-format.ts";
import { formatColumns } from "./format-table.ts";

/** The version of the JSON's schema, docs/compare.md. */
const SCHEMA = "cudaprobe-compare/1";

type Files = readonly [a: string, b: string];

/** A comparison as text for people or a program. */
export function formatComparison(
  comparison: RunComparison,
  files: Files,
  format: CompareFormat,
): string {
  return format === "json" ? formatJson(comparison, files) : formatTable(comparison, files);
}

function formatJson(comparison: RunComparison, files: Files): string {
  const { curve } = comparison;
  const figures = comparison.figures.map((figure) => ({
    ...(curve === undefined ? {} : { [curve]: figure.point }),
    ...figure,
    point: undefined,
    judgement: undefined,
    verdict: verdictOf(figure),
  }));
  const verdict = verdictOfAll(comparison);
  const result = { schema: SCHEMA, verdict, files, ...comparison, figures };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

function formatTable(comparison: RunComparison, files: Files): string {
  const { kind, options, emulated, facts, counts } = comparison;
  const said = Object.entries(options).map(([key, value]) => `${key} ${value}`);
  const lines = [
    said.length === 0 ? kind : `${kind}: ${said.join(", ")}`,
    `A: ${files[0]}: ${formatCounts(counts[0])}`,
    `B: ${files[1]}: ${formatCounts(counts[1])}`,
    ...(emulated.includes(true) ? [describeEmulated(emulated)] : []),
    ...facts
      .filter(({ a, b }) => a !== b)
      .map(({ name, a, b }) => `${name} differs: ${a} and ${b}`),
  ];
  const text = lines.map((line) => `${line}\n`).join("");
  return `${text}\n${formatFigures(comparison)}\n${formatVerdict(comparison)}\n`;
}

function formatCounts({ runs, compared, cacheMisses, unsuccessful }: RunCounts): string {
  const parts = [`${String(compared)} of ${String(runs)} runs compared`];
  if (cacheMisses > 0) parts.push(`${String(cacheMisses)} compiled the kernel`);
  if (unsuccessful > 0) parts.push(`${String(unsuccessful)} without success`);
  return parts.join(", ");
}

function describeEmulated([a, b]: RunComparison["emulated"]): string {
  const which = a && b ? "A and B" : a ? "A" : "B";
  return `EMULATED: ${which}; no figure of the emulator is a measurement`;
}

function formatFigures({ figures, threshold, curve }: RunComparison): string {
  const header = ["", "A", "B", "ratio", "p", `p within ${String(threshold)}`, "verdict"];
  return formatColumns([header, ...figures.map((figure) => formatFigure(figure, curve))], 1);
}

function formatFigure(figure: FigureComparison, curve: string | undefined): readonly string[] {
  const { unit, medians, ratio, p, pWithin } = figure;
  const format = unit === "seconds" ? formatDuration : formatSize;
  const values = medians.map((value) => (value === undefined ? "" : format(value)));
  const shown = ratio === undefined ? "" : ratio.toFixed(3);
  return [
    nameRow(figure, curve),
    ...values,
    shown,
    formatP(p),
    formatP(pWithin),
    verdictOf(figure),
  ];
}

function nameRow({ name, point }: FigureComparison, curve: string | undefined): string {
  return curve === undefined ? name : `${curve} ${String(point)}: ${name}`;
}

function formatP(p: number | undefined): string {
  if (p === undefined) return "";
  return p < 0.0001 ? "<0.0001" : p.toFixed(4);
}

function formatVerdict(comparison: RunComparison): string {
  const deciding = comparison.figures.filter(({ decides }) => decides);
  const names = new Set(deciding.map(({ name }) => name));
  const by = names.size === 1 ? [...names].join("") : "any figure";
  const where = comparison.curve === undefined ? "" : ` at any ${comparison.curve}`;
  const few = deciding.some(({ counts }) => Math.min(...counts) < MINIMUM_SAMPLES);
  const note = few ? `; it takes ${String(MINIMUM_SAMPLES)} samples each` : "";
  return `B against A, by ${by}${where}: ${verdictOfAll(comparison)}${note}`;
}
