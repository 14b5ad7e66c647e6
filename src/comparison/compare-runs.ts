import { fail, ok, type Result } from "../base/result.ts";
import { TIME_TO_FIRST_RESULT } from "../probes/cold-start-figures.ts";
import { compareSamples, type SampleComparison } from "../statistics/compare-samples.ts";
import { describeFacts, type Fact } from "./facts.ts";
import type { RunFile } from "./run-file.ts";

/** How to compare. */
export interface CompareOptions {
  /** From which ratio of medians on B may be slower; at least 1. */
  readonly threshold: number;
  /** Names of the figures that decide; the kind's own choice when empty. */
  readonly figures: readonly string[];
}

/** What became of a file's runs. */
export interface RunCounts {
  readonly runs: number;
  readonly compared: number;
  readonly cacheMisses: number;
  readonly unsuccessful: number;
}

/** One figure of both files. */
export interface FigureComparison extends SampleComparison {
  readonly name: string;
  readonly unit: "seconds" | "bytes";
  /** Whether the whole verdict hangs on it. */
  readonly decides: boolean;
}

/** Two files, compared. */
export interface RunComparison {
  readonly kind: string;
  readonly options: Readonly<Record<string, string>>;
  readonly threshold: number;
  readonly counts: readonly [a: RunCounts, b: RunCounts];
  readonly emulated: readonly [a: boolean, b: boolean];
  /** Where they were made, and what differs there. */
  readonly facts: readonly Fact[];
  readonly figures: readonly FigureComparison[];
}

/** Compares what two files measured in seconds or bytes; the error says why that makes no sense. */
export function compareRuns(
  a: RunFile,
  b: RunFile,
  { threshold, figures: wanted }: CompareOptions,
): Result<RunComparison> {
  const difference = findDifference(a, b);
  if (difference !== undefined) return fail(difference);
  const names = listFigures([a, b]);
  const unknown = wanted.find((name) => !names.has(name));
  if (names.size === 0) return fail("neither has a figure in seconds or bytes");
  if (unknown !== undefined) {
    return fail(`there is no figure "${unknown}"; there are ${[...names.keys()].join(", ")}`);
  }
  const deciding = new Set(wanted.length > 0 ? wanted : decidingFigures([...names.keys()]));
  return ok({
    kind: a.kind,
    options: a.options,
    threshold,
    counts: [countRuns(a), countRuns(b)],
    emulated: [isEmulated(a), isEmulated(b)],
    facts: describeFacts(a, b),
    figures: [...names].map(([name, unit]) => ({
      name,
      unit,
      decides: deciding.has(name),
      ...compareSamples(valuesOf(a, name), valuesOf(b, name), threshold),
    })),
  });
}

/** A cold start is judged by its whole: of many phases some differ by chance, and microseconds matter to nobody. */
function decidingFigures(names: readonly string[]): readonly string[] {
  return names.includes(TIME_TO_FIRST_RESULT) ? [TIME_TO_FIRST_RESULT] : names;
}

/** Why the two did not measure the same thing. */
function findDifference(a: RunFile, b: RunFile): string | undefined {
  if (a.kind !== b.kind) return `A is of ${a.kind}, B of ${b.kind}`;
  const keys = new Set([...Object.keys(a.options), ...Object.keys(b.options)]);
  const differing = [...keys].filter((key) => a.options[key] !== b.options[key]);
  if (differing.length === 0) return undefined;
  const said = differing.map(
    (key) =>
      `${key} is ${a.options[key] ?? "not there"} in A, ${b.options[key] ?? "not there"} in B`,
  );
  return `they were made with different options: ${said.join("; ")}`;
}

type Iteration = RunFile["iterations"][number];

function isCompared({ outcome, cacheMiss }: Iteration): boolean {
  return outcome === "success" && !cacheMiss;
}

/** The figures that are compared, in their order, with their units. */
function listFigures(files: readonly RunFile[]): ReadonlyMap<string, "seconds" | "bytes"> {
  const figures = files.flatMap(({ iterations }) =>
    iterations.filter(isCompared).flatMap((iteration) => iteration.figures),
  );
  return new Map(
    figures.flatMap(({ name, unit }) =>
      unit === "seconds" || unit === "bytes" ? [[name, unit] as const] : [],
    ),
  );
}

function valuesOf({ iterations }: RunFile, name: string): readonly number[] {
  return iterations
    .filter(isCompared)
    .flatMap(({ figures }) => figures.filter((figure) => figure.name === name))
    .map(({ value }) => value);
}

function countRuns({ iterations }: RunFile): RunCounts {
  return {
    runs: iterations.length,
    compared: iterations.filter(isCompared).length,
    cacheMisses: iterations.filter(({ outcome, cacheMiss }) => outcome === "success" && cacheMiss)
      .length,
    unsuccessful: iterations.filter(({ outcome }) => outcome !== "success").length,
  };
}

function isEmulated({ driver }: RunFile): boolean {
  return driver?.backend === "emulator";
}
