import type { ProbeContext } from "./kind.ts";
import { count, flag } from "./quantities.ts";
import { sizes } from "./sizes.ts";

/** Options of every kind that passes data from one process to another. */
export const ipcOptions = {
  sizes: sizes({ minimum: "4B", maximum: "1GiB", multipleOfBytes: 4, atMost: 16 })
    .prefault(["4KiB", "64KiB", "1MiB", "16MiB", "64MiB"])
    .describe(
      "What is passed on, a size after the other: multiples of 4 bytes, with commas between them on a command line. Each has series of its own.",
    ),
  samples: count({ minimum: 5, maximum: 100 })
    .prefault(5)
    .describe(
      "How often each size is passed on and measured in a run, after it was passed on to warm up.",
    ),
  between_gpus: flag()
    .prefault(false)
    .describe(
      "Whether data is passed on to each other GPU of the host as well, where no gate speaks against that GPU. MIG instances are left out.",
    ),
};

/** Those options, parsed. */
export interface IpcOptions {
  readonly mechanism: string;
  readonly sizes: readonly number[];
  readonly samples: number;
  readonly between_gpus: boolean;
}

/** The options that have to be alike, so that two kinds' figures can be compared. */
export const COMPARABLE_OPTIONS: readonly string[] = ["sizes", "samples"];

/** The command line. `own` are the kind's own arguments. */
export function ipcArguments(
  options: IpcOptions,
  context: ProbeContext,
  own: readonly string[] = [],
): readonly string[] {
  const { gpuUuid = "", libcuda, libnvidiaMl } = context;
  const peers = peersOf(options, context);
  return [
    `--device=${gpuUuid}`,
    `--mechanism=${options.mechanism}`,
    ...own,
    `--sizes=${options.sizes.join(",")}`,
    `--samples=${String(options.samples)}`,
    ...(peers.length === 0 ? [] : [`--peers=${peers.join(",")}`]),
    ...(libcuda === undefined ? [] : [`--libcuda=${libcuda}`]),
    ...(libnvidiaMl === undefined ? [] : [`--libnvidia_ml=${libnvidiaMl}`]),
  ];
}

/** The GPUs that take part are seen, and no other: each more makes `cuInit` slower. */
export function ipcEnvironment(
  options: IpcOptions,
  context: ProbeContext,
): Readonly<Record<string, string>> {
  const { gpuUuid } = context;
  if (gpuUuid === undefined) return {};
  return { CUDA_VISIBLE_DEVICES: [gpuUuid, ...peersOf(options, context)].join(",") };
}

/** What both sides hold of the largest size at once, and as much again to spare. */
export function ipcMemoryBytes({ sizes: bytes }: IpcOptions): number {
  return 3 * Math.max(...bytes);
}

function peersOf(
  { between_gpus: betweenGpus }: IpcOptions,
  { peerGpuUuids }: ProbeContext,
): readonly string[] {
  return betweenGpus ? peerGpuUuids : [];
}
