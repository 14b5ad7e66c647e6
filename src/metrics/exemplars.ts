import type { Family } from "../probes/family.ts";
import { labelNamesOf, type Labels } from "./labels.ts";

/** Where a value of a histogram comes from. */
export interface Exemplar {
  /** Names and values together have at most 128 characters. */
  readonly labels: Labels;
  /** Seconds since 1970. */
  readonly atSeconds: number;
}

/** The latest exemplar of each bucket of one family. */
export interface Exemplars {
  readonly keep: (labels: Labels, value: number, exemplar: Exemplar) => void;
  /** Forgets those of one series. */
  readonly remove: (labels: Labels) => void;
  /** What OpenMetrics appends to the sample of a bucket's series, which is given as it stands in the text format. */
  readonly find: (series: string) => string | undefined;
}

/** No exemplars yet. */
export function createExemplars(family: Family): Exemplars {
  const bounds = family.buckets ?? [];
  const texts = new Map<string, string>();
  const seriesOf = (labels: Labels, bound: number | undefined): string =>
    `${family.name}_bucket{${bucketLabels(family, labels, bound)}}`;
  return {
    keep: (labels, value, exemplar) => {
      const bound = bounds.find((upper) => value <= upper);
      texts.set(seriesOf(labels, bound), formatExemplar(value, exemplar));
    },
    remove: (labels) => {
      for (const bound of [...bounds, undefined]) texts.delete(seriesOf(labels, bound));
    },
    find: (series) => texts.get(series),
  };
}

/** In the order of the text format: the bound first. */
function bucketLabels(family: Family, labels: Labels, bound: number | undefined): string {
  const others = labelNamesOf(family).map((name) => [name, labels[name] ?? ""] as const);
  return formatLabels([["le", bound === undefined ? "+Inf" : String(bound)], ...others]);
}

function formatExemplar(value: number, { labels, atSeconds }: Exemplar): string {
  return ` # {${formatLabels(Object.entries(labels))}} ${String(value)} ${String(atSeconds)}`;
}

function formatLabels(labels: readonly (readonly [name: string, value: string])[]): string {
  return labels.map(([name, value]) => `${name}="${escapeValue(value)}"`).join(",");
}

/** Hardly any value has one: looking for all at once is what each run pays. */
function escapeValue(value: string): string {
  return value.replaceAll(/[\\\n"]/g, (unit) => (unit === "\n" ? String.raw`\n` : `\\${unit}`));
}
