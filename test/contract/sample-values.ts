import type { RunEnd } from "../../src/runner/run.ts";

/** The values of all samples of a name, by the label that tells them apart. */
export function values(end: RunEnd, name: string, label = ""): Readonly<Record<string, number>> {
  const named = end.report.instances.flatMap(({ samples }) =>
    samples.filter((sample) => sample.name === name),
  );
  const entries = named.map((sample): [string, number] => [
    sample.labels[label] ?? "",
    sample.value,
  ]);
  return Object.fromEntries(entries);
}

/** The value of the only sample of a name. */
export function valueOf(end: RunEnd, name: string): number | undefined {
  return values(end, name)[""];
}
