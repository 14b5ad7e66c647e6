import { z } from "zod";
import type { Config, ConfigProblem, Target } from "../../src/config/config.ts";
import { type ConfigSource, parseConfig } from "../../src/config/parse-config.ts";
import { makeTargets } from "../../src/config/targets.ts";
import { formatProblem } from "../../src/config/problem.ts";
import type { Device } from "../../src/devices/device.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { defineKind, type Kind } from "../../src/probes/kind.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";

/** A kind with one target a host, whose measurement shows the options it was given. */
const hostKind = defineKind({
  ...coldStart,
  name: "census",
  scope: "host",
  summary: "Counts what there is.",
  optionsShape: { depth: z.int().min(1).max(9).default(3).describe("How deep to count.") },
  defaultTimeoutSeconds: 7,
  measurement: ({ depth }) => ({
    ...coldStart.measurement({}),
    args: () => [`--depth=${String(depth)}`],
  }),
});

export const kinds: readonly Kind[] = [coldStart, hostKind];

export function source(text: string): ConfigSource {
  return { file: "cudaprobe.yml", text, kinds, validateSchedule };
}

/** The config of a text that has no mistakes. */
export function parse(text: string): Config {
  const parsed = parseConfig(source(text));
  if (!parsed.ok) throw new Error(parsed.error.map(formatProblem).join("\n"));
  return parsed.value;
}

/** The problems of a text, as lines for people. */
export function problems(text: string): readonly string[] {
  const parsed = parseConfig(source(text));
  return parsed.ok ? [] : parsed.error.map((problem: ConfigProblem) => formatProblem(problem));
}

/** The target of a probe with these keys, on a GPU of index 0 unless its kind is a host's. */
export function target(keys: string, gpu = device(0, "GPU-a")): Target {
  const [made] = makeTargets(parse(`probes: [{ ${keys} }]`), [gpu]);
  if (made === undefined) throw new Error("this probe has no target");
  return made;
}

export function device(gpu: number, gpuUuid: string, migUuid = ""): Device {
  return {
    gpu,
    gpuUuid,
    migUuid,
    name: "EMULATED GPU",
    pciBusId: `0000:0${String(gpu)}:00.0`,
    computeMode: "default",
    persistenceMode: "enabled",
    migMode: "disabled",
    memoryTotalBytes: 80 * 2 ** 30,
    memoryUsedBytes: 2 ** 30,
    memoryFreeBytes: 79 * 2 ** 30,
    memoryReservedBytes: undefined,
    memoryInfo: "v1",
    utilizationRatio: 0,
    processes: 0,
    recoveryAction: 0,
    migChangePending: false,
    pageRepairPending: false,
    pageRepairFailed: false,
    pcieLink: { generation: 5, width: 16, maxGeneration: 5, maxWidth: 16 },
  };
}
