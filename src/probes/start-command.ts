import { dirname } from "node:path";
import { deviceArgument, type AtOnce } from "./at-once.ts";
import { libcudaArgument } from "./page-cache.ts";
import type { ProbeContext } from "./probe-context.ts";
import type { Runtime, RuntimeName } from "./runtimes.ts";

/** The options that decide a start's command line. */
type StartOptions = AtOnce & { readonly bytes: number };

/** Its command line behind the program: what a command of the user's own is given is the user's alone. */
export function startArguments(
  options: StartOptions,
  { program }: Runtime,
  context: ProbeContext,
): readonly string[] {
  const { runtime, bytes, page_cache: pageCache } = options;
  const before = program?.args(context) ?? [];
  if (runtime === "command") return before;
  const allocates = runtime === "driver" || runtime === "cudart";
  return [
    ...before,
    deviceArgument(options, context),
    ...(allocates ? [`--bytes=${String(bytes)}`] : []),
    ...(runtime === "driver" ? libcudaArgument(pageCache, context) : []),
  ];
}

/** What beside the probes of the driver finds its library by name alone: the emulator's, or the one that the config has by its path. */
export function startEnvironment(
  runtime: RuntimeName,
  { env }: Runtime,
  { libcuda }: ProbeContext,
): Runtime["env"] {
  if (runtime === "driver" || libcuda?.includes("/") !== true) return env;
  return { ...env, LD_LIBRARY_PATH: dirname(libcuda) };
}
