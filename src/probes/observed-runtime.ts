import {
  describeRuntime,
  holdingPhases,
  pausablePhases,
  type Runtime,
  type RuntimeName,
} from "./runtimes.ts";

/** What kinds that look at a runtime's memory between its phases have to know of it. */
export interface ObservedRuntime {
  /** After each of which it can be paused, up to its first result. */
  readonly phases: readonly string[];
  /** What it asks for; undefined when only it can tell. */
  readonly requestedBytes: number | undefined;
  /** Where to pause it: the programs know of the driver's phases by themselves. */
  readonly footprintArguments: readonly string[];
  readonly densityArguments: readonly string[];
  /** Beside what the last footprint says; undefined where that is enough. */
  readonly contextBytes: number | undefined;
  readonly footprintSeconds: Runtime["seconds"];
  readonly densitySeconds: Runtime["seconds"];
}

/** A runtime as what is looked at. */
export function observedRuntime({
  runtime: name,
  bytes,
}: {
  readonly runtime: RuntimeName;
  readonly bytes: number;
}): ObservedRuntime {
  const runtime = describeRuntime({ runtime: name, python: "", argv: [], phases: [] });
  const phases = pausablePhases(runtime);
  if (name === "driver") return { ...DRIVER, phases, requestedBytes: bytes };
  return {
    phases,
    requestedBytes: undefined,
    footprintArguments: [
      `--worker_phases=${phases.join(",")}`,
      `--phases=${holdingPhases(runtime).join(",")}`,
    ],
    densityArguments: [`--phases=context,${runtime.firstResult}`],
    contextBytes: runtime.contextBytes,
    footprintSeconds: runtime.seconds,
    // On an H100 eight starts of PyTorch one after the other take 17 s.
    densitySeconds: { timeoutSeconds: 600, expectedSeconds: 20 },
  };
}

const DRIVER = {
  footprintArguments: [],
  densityArguments: [],
  contextBytes: undefined,
  footprintSeconds: {},
  densitySeconds: {},
};
