import type { RunEnd } from "../runner/run.ts";

/** What a function was made with. */
export interface Framework {
  /** As the framework itself says it, such as 2.9.0+cu130. */
  readonly version: string;
  /** Of the interpreter, such as 3.11.2. */
  readonly python: string;
}

/** The frameworks that a run's instances say they have, in their order: one each, or none. Source: the sample `framework_version`. */
export function readFramework({ report }: RunEnd): readonly Framework[] {
  return report.instances
    .flatMap(({ samples }) => samples)
    .filter(({ name }) => name === "framework_version")
    .map(({ labels: { version = "", python = "" } }) => ({ version, python }));
}
