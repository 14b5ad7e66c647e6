import type { PhaseInterval, Sample } from "../../src/protocol/report.ts";
import type { RunEnd } from "../../src/runner/run.ts";

/** A run of one instance that succeeded, spawned at second 100, with the given phases and samples. */
export function successfulEnd(said: {
  readonly phases?: readonly PhaseInterval[];
  readonly samples?: readonly Sample[];
}): RunEnd {
  return {
    outcome: "success",
    report: {
      instances: [
        {
          instance: 0,
          pid: 4711,
          spawnedAtSeconds: 100,
          phases: said.phases ?? [],
          samples: said.samples ?? [],
          result: { outcome: "success" },
        },
      ],
    },
    startedAtSeconds: 99.9,
    endedAtSeconds: 101,
    transcript: [],
    stderr: "",
  };
}

/** A run that failed, with all that is said of a failure. */
export function failedEnd(failure: Partial<RunEnd>): RunEnd {
  return { ...successfulEnd({}), outcome: "failure", ...failure };
}

/** A phase from one second to another. */
export function phase(name: string, beganAtSeconds: number, endedAtSeconds: number): PhaseInterval {
  return { phase: name, beganAtSeconds, endedAtSeconds };
}
