import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A probe of the host and one of each GPU, every second. */
export function config(pauseFile?: string): string {
  const gates = pauseFile === undefined ? "" : `gates: { pause_file: ${pauseFile} }\n`;
  return `probes:
  - { name: memory, kind: process_memory, schedule: "* * * * * *" }
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
driver: { refresh: 200ms }
${gates}`;
}

/** A pause file that is there, and a config that names it. */
export async function writeFiles(directory: string): Promise<readonly string[]> {
  const [file = "", configFile = ""] = ["pause", "cudaprobe.yml"].map((name) =>
    join(directory, name),
  );
  await writeFile(file, "");
  await writeFile(configFile, config(file));
  return [file, configFile];
}
