import { dirname } from "node:path";
import type { ProbeContext } from "./probe-context.ts";
import type { Runtime, RuntimeName } from "./runtimes.ts";

/** Its command line behind the program: what a command of the user's own is given is the user's alone. */
export function startArguments(
  { runtime, bytes }: { readonly runtime: RuntimeName; readonly bytes: number },
  { program }: Runtime,
  context: ProbeContext,
): readonly string[] {
  const { gpuUuid = "", libcuda } = context;
  const before = program?.args(context) ?? [];
  if (runtime === "command") return before;
  const allocates = runtime === "driver" || runtime === "cudart";
  return [
    ...before,
    `--device=${gpuUuid}`,
    ...(allocates ? [`--bytes=${String(bytes)}`] : []),
    ...(runtime === "driver" && libcuda !== undefined ? [`--libcuda=${libcuda}`] : []),
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
