import type { RuntimeOptions } from "./runtimes.ts";

/** The options that decide what starts and are no labels of `cudaprobe_probe_info`: those that its runtime heeds, as text. */
export function startDetails({
  runtime,
  bytes,
  python,
  argv,
  phases,
}: Pick<RuntimeOptions, "runtime" | "python"> &
  Partial<RuntimeOptions> & { readonly bytes: number }): Readonly<Record<string, string>> {
  if (runtime === "driver" || runtime === "cudart") return { bytes: String(bytes) };
  if (runtime !== "command") return { python };
  return { argv: (argv ?? []).join(" "), phases: (phases ?? []).join(",") };
}
