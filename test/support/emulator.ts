import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFile } from "./replace-file.ts";

/** A directory that arms the emulator, and goes with its scope: `await using emulator = …`. */
export interface EmulatorDirectory extends AsyncDisposable {
  readonly path: string;
  /** Replaces its configuration; processes that start from then on see it. */
  readonly configure: (lines: readonly string[]) => Promise<void>;
  /** How often calls have come to where a fault with `scope=host` is. */
  readonly faultedCalls: () => number;
  /** Whether a process has loaded one of its libraries. */
  readonly isLoaded: () => boolean;
}

/** Short latencies, since tests ask what happens and not how long it takes. */
const DEFAULT_LINES = ["profile = h100", "gpus = 1", "time_scale = 0.01"];

/** Makes one; a line takes the place of the default line of the same key. */
export async function makeEmulator(lines: readonly string[] = []): Promise<EmulatorDirectory> {
  const path = await mkdtemp(join(tmpdir(), "cudaprobe-emulator-"));
  const configure = async (more: readonly string[]): Promise<void> => {
    const named = new Set(more.map(keyOf));
    const kept = DEFAULT_LINES.filter((line) => !named.has(keyOf(line)));
    await replaceFile(join(path, "emulator.conf"), `${[...kept, ...more].join("\n")}\n`);
  };
  await configure(lines);
  return {
    path,
    configure,
    faultedCalls: () => countFaultedCalls(path),
    isLoaded: () => existsSync(join(path, "calls")),
    [Symbol.asyncDispose]: async () => rm(path, { recursive: true, force: true }),
  };
}

function keyOf(line: string): string {
  return line.split("=")[0]?.trim() ?? "";
}

/** The counters are files that the emulator's processes share. */
function countFaultedCalls(directory: string): number {
  const counters = readdirSync(directory).filter((name) => name.startsWith("fault-"));
  return counters.reduce((sum, name) => sum + readCounter(join(directory, name)), 0);
}

function readCounter(file: string): number {
  const bytes = readFileSync(file);
  // It is made empty, and then made long enough.
  return bytes.length < 8 ? 0 : Number(bytes.readBigUInt64LE());
}
