import type { InstanceReport, Reaped } from "../../src/protocol/report.ts";
import type { Settlement } from "../../src/runner/settlement.ts";

/** Exit code 0. */
export const ended: Reaped = {
  atSeconds: 9,
  exitCode: 0,
  cpuSeconds: 0,
  majorFaults: 0,
  maxRssBytes: 0,
};

/** An instance without a fault. */
export const instance: InstanceReport = {
  instance: 0,
  pid: 4711,
  phases: [{ phase: "spawn", beganAtSeconds: 1, endedAtSeconds: 2 }],
  samples: [],
  result: { outcome: "success" },
  reaped: ended,
};

/** A run without a fault. */
export const success: Settlement = {
  cause: "itself",
  sent: { toLauncher: [], toGroup: [] },
  launcher: { kind: "exited", code: 0 },
  hung: false,
  instances: 1,
  report: { instances: [instance] },
  excess: undefined,
  stderr: "",
};

/** The same with these instances, each a success in all that is not said. */
export function withInstances(...instances: readonly Partial<InstanceReport>[]): Settlement {
  return {
    ...success,
    instances: instances.length,
    report: {
      instances: instances.map((own, index) => ({ ...instance, instance: index, ...own })),
    },
  };
}

/** The end by a signal. */
export function killedBy(signal: number): Reaped {
  const { exitCode: _exitCode, ...rest } = ended;
  return { ...rest, signal };
}
