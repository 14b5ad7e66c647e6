import type { Baseline } from "../baseline/baseline.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { findDevices } from "./baseline-targets.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { openBaselines } from "./open-baselines.ts";
import { withSession } from "./session.ts";

export interface BaselineClearFlags extends CommonFlags {
  readonly probe?: string;
  /** A model, an NVML index, or (the beginning of) a UUID. */
  readonly gpu?: string;
  readonly all?: true;
}

/** `cudaprobe baseline clear`: unpins what is named. Exit code 1 when there is no such baseline, 2 when nothing is named. */
export async function baselineClearCommand(
  flags: BaselineClearFlags,
  io: CommandIo,
): Promise<number> {
  const { probe, gpu, all } = flags;
  if (probe === undefined && gpu === undefined && all === undefined) {
    io.error("cudaprobe: say which baselines: --probe, --gpu or --all\n");
    return EXIT.usage;
  }
  const store = await openBaselines(flags, io);
  if (store === undefined) return EXIT.fault;
  const isModel = (await store.read()).some(({ model }) => model === gpu);
  if (gpu === undefined || isModel)
    return clear(store, { probe, models: gpu === undefined ? undefined : [gpu] }, io);
  return withSession(flags, io, async ({ listing }) => {
    const devices = findDevices(gpu, listing);
    if (devices.ok) {
      return clear(store, { probe, models: devices.value.map(({ name }) => name) }, io);
    }
    io.error(`cudaprobe: no baseline is of a model ${gpu}, and ${devices.error}\n`);
    return EXIT.usage;
  });
}

/** What is undefined means all. */
interface ClearChoice {
  readonly probe: string | undefined;
  readonly models: readonly string[] | undefined;
}

async function clear(store: BaselineStore, choice: ClearChoice, io: CommandIo): Promise<number> {
  const cleared = await store.clear((baseline) => isMeant(baseline, choice));
  if (!cleared.ok) {
    io.error(`cudaprobe: ${cleared.error}\n`);
    return EXIT.fault;
  }
  for (const { model, probe } of cleared.value) io.out(`cleared: ${probe} on ${model}\n`);
  if (cleared.value.length > 0) return EXIT.ok;
  io.error("cudaprobe: there is no such baseline\n");
  return EXIT.fault;
}

function isMeant({ probe, model }: Baseline, choice: ClearChoice): boolean {
  const isProbe = choice.probe === undefined || choice.probe === probe;
  return isProbe && (choice.models === undefined || choice.models.includes(model));
}
