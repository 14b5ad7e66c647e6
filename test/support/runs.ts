import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import type { RunEnd, RunRequest } from "../../src/runner/run.ts";
import { createRunner, type RunnerOptions } from "../../src/runner/runner.ts";
import { nativeFile } from "./native.ts";

const fixtures = resolve(import.meta.dirname, "../fixtures");

/** A program of test/fixtures/, such as `probes/succeed.mjs`. */
export function fixture(path: string): string {
  return resolve(fixtures, path);
}

export interface RunOptions extends Partial<RunRequest> {
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** In place of the native launcher and waits that no test comes to the end of. */
  readonly runner?: Partial<RunnerOptions>;
}

/** Makes a run of a probe of test/fixtures/probes/ as the daemon would, with more deadline than it needs. */
export async function makeRun(probe: string, options: RunOptions = {}): Promise<RunEnd> {
  const { signal, clock = systemClock, runner, ...request } = options;
  const run = createRunner(
    { launcher: nativeFile("launcher"), graceSeconds: 30, giveUpSeconds: 30, ...runner },
    { clock },
  );
  return run({ ...probeRequest(probe), ...request }, signal);
}

/** For what does not end when it is told to. */
export const IMPATIENT = { graceSeconds: 0.2 };

/** For what does not end at all. */
export const VERY_IMPATIENT = { graceSeconds: 0.2, giveUpSeconds: 0.2 };

/** The request of a probe of test/fixtures/probes/. */
export function probeRequest(probe: string): RunRequest {
  return {
    file: fixture(`probes/${probe}`),
    args: [],
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` },
    deadlineSeconds: 60,
  };
}

/** The number behind a word that a fixture said on standard error, such as `child 4711`. */
export function numberSaid(word: string, { stderr }: RunEnd): number {
  const [, digits] = new RegExp(`^${word} (\\d+)$`, "m").exec(stderr) ?? [];
  if (digits === undefined) throw new Error(`nobody said ${word} and a number: ${stderr}`);
  return Number(digits);
}

/** Whether a process is there and has not ended. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
