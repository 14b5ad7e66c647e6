import type { RunChoice } from "./run-target.ts";
import type { RunFlags } from "./run.ts";

/** The command with what decides the figures, as it can be given to a shell again; not with where they are printed. */
export function retype(
  { kind, options, gpu }: RunChoice,
  {
    iterations,
    driver,
    "config.file": configFile,
  }: Pick<RunFlags, "iterations" | "driver" | "config.file">,
): string {
  const own = Object.entries(options).map(
    ([key, value]) => [key.replaceAll("_", "-"), value] as const,
  );
  const flags = [
    ...own,
    ...(gpu === undefined ? [] : [["gpu", gpu] as const]),
    ["iterations", String(iterations)] as const,
    ["driver", driver] as const,
    // Names of interpreters and places of libraries are the config's.
    ...(configFile === undefined ? [] : [["config.file", configFile] as const]),
  ];
  const words = flags.map(([name, value]) => `--${name}=${quote(value)}`);
  return ["cudaprobe run", kind.name, ...words].join(" ");
}

/** A word for a shell: as it is where that is safe, else within single quotes. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
