import { readdirSync, readFileSync } from "node:fs";
import { until } from "./until.ts";

/** A process as /proc shows it. */
export interface Process {
  readonly pid: number;
  /** The file name of its program. */
  readonly program: string;
}

/**
 * The running processes that were told of a directory, in their environment or their arguments: the daemon's that has its storage
 * there and all that it started, whoever their parents are.
 */
export function processesOf(directory: string): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => `${read(name, "environ")}\0${read(name, "cmdline")}`.includes(directory))
    .map((name) => ({ pid: Number(name), program: programOf(name) }));
}

/** Waits until a program of that directory runs, and gives its pid. */
export async function untilRuns(directory: string, program: string): Promise<number> {
  return until(`a process of ${program}`, () => pidsOf(directory, program)[0]);
}

/** The pids of a program of that directory. */
export function pidsOf(directory: string, program: string): readonly number[] {
  return processesOf(directory)
    .filter((found) => found.program === program)
    .map(({ pid }) => pid);
}

/** Waits until no process of that directory is left. */
export async function untilNoneLeft(directory: string): Promise<void> {
  await until(
    `the end of all processes of ${directory}`,
    () => processesOf(directory).length === 0,
  );
}

/** Ends whatever is left of that directory, and waits until it is gone. */
export async function killAllOf(directory: string): Promise<void> {
  await until(`the end of all processes of ${directory}`, () => {
    const left = processesOf(directory);
    for (const { pid } of left) kill(pid);
    return left.length === 0;
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}

function programOf(pid: string): string {
  const [program = ""] = read(pid, "cmdline").split("\0");
  return program.split("/").at(-1) ?? "";
}

/** Empty when the process has ended: also when nobody has waited for it yet. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
