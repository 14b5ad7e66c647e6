import type { Iteration, SeriesResult } from "./run-result.ts";

/** A row a run, a column a figure, in base units; of a curve the option that differs comes first. */
export function formatCsv({ iterations, summary, curve }: SeriesResult): string {
  const figures = [...new Map(summary.map(({ name, unit }) => [name, unit]))];
  const names = figures.map(([name, unit]) => `${name.replaceAll(" ", "_")}_${unit}`);
  const first = curve === undefined ? [] : [curve];
  const header = [...first, "at_seconds", "outcome", "reason", "phase", "cache_miss", ...names];
  const rows = iterations.map((iteration) => [
    ...first.map((option) => pointOf(iteration, option)),
    String(iteration.atSeconds),
    iteration.outcome,
    iteration.reason ?? "",
    iteration.phase ?? "",
    iteration.cacheMiss ? "1" : "0",
    ...figures.map(([name]) =>
      String(iteration.figures.find((figure) => figure.name === name)?.value ?? ""),
    ),
  ]);
  return [header, ...rows].map((row) => `${row.join(",")}\n`).join("");
}

function pointOf(iteration: Iteration, option: string): string {
  return String(Object.entries(iteration).find(([key]) => key === option)?.[1] ?? "");
}
