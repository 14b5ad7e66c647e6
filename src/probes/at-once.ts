import * as z from "zod";
import type { Measurement } from "./kind.ts";
import type { OptionMistake } from "./options.ts";
import { preparePages, type PageCache } from "./page-cache.ts";
import type { ProbeContext } from "./probe-context.ts";
import { count } from "./quantities.ts";
import type { RuntimeName } from "./runtimes.ts";
import type { StartOrder } from "./start-order.ts";

/** More at once would measure the host rather than its GPUs. */
const MOST_AT_ONCE = 64;

/** Single starts that those at once are compared with; their median needs an odd number. */
const SINGLES = 3;

/** How many functions start at the same moment, and where. */
export const atOnceOptions = {
  concurrency: count({ minimum: 1, maximum: MOST_AT_ONCE })
    .prefault(1)
    .describe(
      "How many processes start at once, released together when all of them have been started. From 2 up a run makes three single starts, too, and with `runtime: driver` as many starts without the driver. `cudaprobe run` takes a list, such as 1,2,4.",
    ),
  spread: z
    .enum(["one_gpu", "all_gpus"])
    .default("one_gpu")
    .describe(
      "Where they start: all on the probe's GPU, or in turn on all GPUs of the host against which no gate speaks.",
    ),
};

/** The options that decide what starts a run consists of. */
export interface AtOnce {
  readonly concurrency: number;
  readonly spread: "one_gpu" | "all_gpus";
  readonly page_cache: PageCache;
  readonly jit_cache: "warm" | "cold";
  readonly runtime: RuntimeName;
}

/**
 * The starts of a run: of several at once, single ones through the same barrier before them, and the same number without the driver after
 * them. Where each is to find the page cache cold, it is made so right before. Nothing for one that starts alone and as the host is.
 */
export function startsAtOnce(
  { concurrency, page_cache: pageCache, runtime, spread }: AtOnce,
  args: Measurement["args"],
): Pick<Measurement, "instances" | "contexts" | "usesPeerGpus" | "starts"> {
  const prepare = preparePages(pageCache);
  const measured: StartOrder = { role: "measured", instances: concurrency, args };
  if (concurrency === 1) {
    return {
      instances: 1,
      ...(prepare.length === 0 ? {} : { starts: [...prepare, measured] }),
    };
  }
  const single: StartOrder = { role: "single", instances: 1, barrier: true, args };
  const singles = Array.from({ length: SINGLES }, () => [...prepare, single]).flat();
  return {
    instances: concurrency,
    contexts: concurrency,
    usesPeerGpus: spread === "all_gpus",
    starts: [
      ...singles,
      ...prepare,
      measured,
      ...(runtime === "driver" ? [floorOf(measured)] : []),
    ],
  };
}

/** What goes through the same frame, and touches no driver. */
function floorOf({ instances, args }: StartOrder): StartOrder {
  return { role: "floor", instances, args: (context) => [...args(context), "--driver=false"] };
}

/** What does not go together. */
export function findAtOnceMistakes(options: AtOnce): readonly OptionMistake[] {
  const { concurrency, jit_cache: jitCache, runtime } = options;
  if (concurrency > 1 && jitCache === "cold") {
    // One would compile for the others: the single starts that come first, or the fastest of those at once.
    return [{ key: "jit_cache", message: "must be warm with a concurrency above 1" }];
  }
  return runtime === "driver" ? [] : findForeign(options);
}

/** What the programs of other runtimes cannot: they know one GPU and the installed driver, and a program of the user's no barrier. */
function findForeign({
  concurrency,
  spread,
  page_cache: pageCache,
  runtime,
}: AtOnce): readonly OptionMistake[] {
  const needsDriver = (key: string): OptionMistake => ({
    key,
    message: `is for runtime: driver, not for ${runtime}`,
  });
  return [
    ...(spread === "all_gpus" ? [needsDriver("spread")] : []),
    ...(pageCache === "cold" ? [needsDriver("page_cache")] : []),
    ...(runtime === "command" && concurrency > 1
      ? [{ key: "concurrency", message: "must be 1 with runtime: command" }]
      : []),
  ];
}

/**
 * How long a run holds the lane, from how long one start does: single ones, and those at once as the driver's lock lets them through on an
 * H100, which frameworks stay below.
 */
export function expectedAtOnce(concurrency: number, singleSeconds: number): number {
  return concurrency === 1 ? singleSeconds : singleSeconds * (SINGLES + 0.36 + 0.64 * concurrency);
}

/** The devices that instances take in turn. */
export function deviceArgument(
  { concurrency, spread }: Pick<AtOnce, "concurrency" | "spread">,
  { gpuUuid = "", peerGpuUuids }: ProbeContext,
): string {
  if (concurrency === 1 || spread === "one_gpu") return `--device=${gpuUuid}`;
  return `--devices=${[gpuUuid, ...peerGpuUuids].join(",")}`;
}

/** The phases of such a start: what is held at the barrier starts when it opens, not with its process. */
export function phasesAtOnce(concurrency: number, phases: readonly string[]): readonly string[] {
  return concurrency === 1 ? phases : phases.filter((phase) => phase !== "spawn");
}
