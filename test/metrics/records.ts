import type { Clock } from "../../src/base/clock.ts";
import type { Target } from "../../src/config/config.ts";
import type { Device, DriverFacts, Listing } from "../../src/devices/device.ts";
import type { EndedRun, SkippedRun } from "../../src/history/record.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { Kind } from "../../src/probes/kind.ts";
import type { InstanceReport } from "../../src/protocol/report.ts";
import type { RunEnd } from "../../src/runner/run.ts";

export function uuidOf(gpu: number): string {
  return `GPU-0000000${gpu.toString(16)}`;
}

const MODEL = "NVIDIA H100 80GB HBM3";

/** A target of a kind on a GPU, with the kind's default options unless given. */
export function makeTarget(
  gpu: number | undefined,
  { kind = coldStart, name = kind.name, options = {} }: TargetOptions = {},
): Target {
  const device =
    gpu === undefined ? undefined : { gpu, gpuUuid: uuidOf(gpu), migUuid: "", name: MODEL };
  return {
    id: device === undefined ? name : `${name}@${device.gpuUuid}`,
    probe: {
      name,
      kind,
      measurement: kind.measurement(options),
      schedule: "* * * * *",
      jitterSeconds: undefined,
      timeoutSeconds: 30,
      gpus: "all",
      settings: "",
    },
    device,
  };
}

interface TargetOptions {
  readonly kind?: Kind;
  readonly name?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const PHASE_SECONDS: readonly (readonly [string, number])[] = [
  ["spawn", 0.002],
  ["load_driver", 0.01],
  ["init", 0.1],
  ["context", 0.05],
  ["allocate", 0.001],
  ["load_module", 0.003],
  ["first_kernel", 0.0005],
  ["release", 0.02],
  ["exit", 0.004],
];

/** An instance that ran through the first `count` phases, one right after the other, and was reaped at the end. */
export function makeInstance(
  spawnedAtSeconds: number,
  count: number = PHASE_SECONDS.length,
): InstanceReport {
  let at = spawnedAtSeconds;
  const phases = PHASE_SECONDS.slice(0, count).map(([phase, seconds]) => {
    const beganAtSeconds = at;
    at += seconds;
    return { phase, beganAtSeconds, endedAtSeconds: at };
  });
  return {
    instance: 0,
    pid: 4711,
    spawnedAtSeconds,
    phases,
    samples: [{ name: "bytes", value: 2 ** 21, labels: {} }],
    reaped: { atSeconds: at, exitCode: 0, cpuSeconds: 0.125, majorFaults: 0, maxRssBytes: 2 ** 26 },
  };
}

/** The end of a run of one instance, started just now by the clock. */
export function makeEnd(clock: Clock, end: Partial<RunEnd> = {}): RunEnd {
  const startedAtSeconds = clock.monotonicSeconds();
  return {
    outcome: "success",
    report: { instances: [makeInstance(startedAtSeconds)] },
    startedAtSeconds,
    endedAtSeconds: startedAtSeconds + 0.25,
    transcript: [],
    stderr: "",
    ...end,
  };
}

/** A run that ended now, with success unless `end` says otherwise. */
export function makeRun(target: Target, clock: Clock, end: Partial<RunEnd> = {}): EndedRun {
  return {
    type: "run",
    target,
    atSeconds: clock.wallSeconds(),
    end: makeEnd(clock, end),
    circumstances: {
      otherProcesses: 0,
      utilizationRatio: 0,
      cacheMiss: false,
      laneWaitSeconds: 0.0625,
    },
  };
}

/** A run that timed out in `init`. */
export function makeTimeout(target: Target, clock: Clock): EndedRun {
  const instance = makeInstance(clock.monotonicSeconds(), 2);
  return makeRun(target, clock, {
    outcome: "timeout",
    reason: "timeout",
    phase: "init",
    report: { instances: [{ ...instance, openPhase: "init", samples: [] }] },
  });
}

/** A run that a gate stopped. */
export function makeSkip(target: Target, clock: Clock): SkippedRun {
  return {
    type: "skip",
    target,
    atSeconds: clock.wallSeconds(),
    reason: "memory_floor",
    message: "1 GiB is free, under the floor of 2 GiB",
  };
}

export function makeDevice(gpu: number): Device {
  return {
    gpu,
    gpuUuid: uuidOf(gpu),
    migUuid: "",
    name: MODEL,
    pciBusId: `00000000:${String(gpu).padStart(2, "0")}:00.0`,
    computeMode: "default",
    persistenceMode: "enabled",
    migMode: "disabled",
    memoryTotalBytes: 85_520_809_984,
    memoryUsedBytes: 0,
    memoryFreeBytes: 85_520_809_984,
    memoryReservedBytes: 0,
    memoryInfo: "v2",
    utilizationRatio: 0,
    processes: 0,
    recoveryAction: 0,
    migChangePending: false,
    pageRepairPending: false,
    pageRepairFailed: false,
    pcieLink: { generation: 5, width: 16, maxGeneration: 5, maxWidth: 16 },
  };
}

export const DRIVER: DriverFacts = {
  backend: "nvidia",
  driverVersion: "580.95.05",
  nvmlVersion: "13.580.95.05",
  cudaVersion: "13.0",
  libcuda: "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
  libnvidiaMl: "/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1",
};

/** A listing in which these GPUs answer. */
export function makeListing(gpus: readonly number[], listing: Partial<Listing> = {}): Listing {
  return {
    atSeconds: 1_700_000_000,
    driver: DRIVER,
    devices: gpus.map(makeDevice),
    lost: [],
    fault: undefined,
    ...listing,
  };
}
