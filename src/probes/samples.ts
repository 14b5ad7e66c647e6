import type { InstanceReport, Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";

/** What a run's first instance sent under a name, in the order of its sending. */
export function samplesOf(end: RunEnd, name: string): readonly Sample[] {
  const [instance]: readonly InstanceReport[] = end.report.instances;
  return instance?.samples.filter((sample) => sample.name === name) ?? [];
}

/** The value that it sent under a name; undefined when it sent none. */
export function valueOf(end: RunEnd, name: string): number | undefined {
  return samplesOf(end, name)[0]?.value;
}
