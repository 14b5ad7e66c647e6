import { fail, ok, type Result } from "../base/result.ts";
import { TIME_TO_FIRST_RESULT } from "../probes/cold-start-figures.ts";
import { compareSamples, type SampleComparison } from "../statistics/compare-samples.ts";
import { findDifference, type Fact } from "./differences.ts";
import { describeFacts } from "./facts.ts";
import { pairPoints } from "./points.ts";
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
  /** The value of the option that a curve is drawn over; of a single series undefined. */
  readonly point: number | undefined;
  readonly unit: "seconds" | "bytes";
  /** Whether the whole verdict hangs on it. */
  readonly decides: boolean;
}

/** Two files, compared. */
export interface RunComparison {
  readonly kind: string;
  /** The option that differs between a curve's points, each of which is compared by itself. */
  readonly curve: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly threshold: number;
  readonly counts: readonly [a: RunCounts, b: RunCounts];
  readonly emulated: readonly [a: boolean, b: boolean];
  /** Where they were made, and what differs of it and of what ran. */
  readonly facts: readonly Fact[];
  readonly figures: readonly FigureComparison[];
}

/** Compares what two files measured in seconds or bytes, each point of a curve by itself; the error says why that makes no sense. */
export function compareRuns(
  a: RunFile,
  b: RunFile,
  options: CompareOptions,
): Result<RunComparison> {
  const difference = findDifference(a, b);
  if (difference !== undefined) return fail(difference);
  const paired = pairPoints(a, b);
  if (!paired.ok) return paired;
  const { files, points } = paired.value;
  const names = [...listFigures(files).keys()];
  const unknown = options.figures.find((name) => !names.includes(name));
  if (names.length === 0) return fail("neither has a figure in seconds or bytes");
  if (unknown !== undefined) {
    return fail(`there is no figure "${unknown}"; there are ${names.join(", ")}`);
  }
  return ok({
    kind: a.kind,
    curve: a.curve,
    options: a.options,
    threshold: options.threshold,
    counts: [countRuns(files[0]), countRuns(files[1])],
    emulated: [isEmulated(a), isEmulated(b)],
    facts: describeFacts(a, b),
    figures: points.flatMap((point) => comparePoint(files, point, { ...options, names })),
  });
}

/** The figures of one point, of which those decide that were named, or that the kind chooses of all there are. */
function comparePoint(
  files: readonly [a: RunFile, b: RunFile],
  point: number | undefined,
  { threshold, figures, names }: CompareOptions & { readonly names: readonly string[] },
): readonly FigureComparison[] {
  const deciding = new Set(figures.length > 0 ? figures : decidingFigures(names));
  const [a, b] = [atPoint(files[0], point), atPoint(files[1], point)];
  return [...listFigures([a, b])].map(([name, unit]) => ({
    name,
    point,
    unit,
    decides: deciding.has(name),
    ...compareSamples(valuesOf(a, name), valuesOf(b, name), threshold),
  }));
}

function atPoint(file: RunFile, point: number | undefined): RunFile {
  return { ...file, iterations: file.iterations.filter((run) => run.point === point) };
}

/** A cold start is judged by its whole: of many phases some differ by chance, and microseconds matter to nobody. */
function decidingFigures(names: readonly string[]): readonly string[] {
  return names.includes(TIME_TO_FIRST_RESULT) ? [TIME_TO_FIRST_RESULT] : names;
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
