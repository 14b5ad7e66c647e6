import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { makeRun, probeRequest, type RunOptions } from "./runs.ts";

/** A run whose probe has come to where it hangs. */
export interface HangingRun {
  readonly passDeadline: () => void;
  readonly end: Promise<RunEnd>;
}

/** Starts a run, and waits until each instance is where its fixture says that it is ready. */
export async function startHanging(probe: string, options: RunOptions = {}): Promise<HangingRun> {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-ready-"));
  const { env, deadlineSeconds } = probeRequest(probe);
  const { clock, passDeadline } = createClock(deadlineSeconds);
  const run = makeRun(probe, {
    ...options,
    clock,
    env: { ...env, READY_DIRECTORY: directory },
  });
  await waitForFiles(directory, options.instances ?? 1);
  await rm(directory, { recursive: true });
  return { passDeadline, end: run };
}

/** The host's clock, but a timer of this length runs out when it is told to. */
function createClock(deadlineSeconds: number): { clock: Clock; passDeadline: () => void } {
  let passDeadline: (() => void) | undefined;
  const clock: Clock = {
    ...systemClock,
    after: (seconds, callback) => {
      if (seconds !== deadlineSeconds) return systemClock.after(seconds, callback);
      passDeadline = callback;
      return () => undefined;
    },
  };
  return {
    clock,
    passDeadline: () => {
      if (passDeadline === undefined) throw new Error("the deadline has not begun");
      passDeadline();
    },
  };
}

async function waitForFiles(directory: string, count: number): Promise<void> {
  const watcher = watch(directory);
  while (readdirSync(directory).length < count) await once(watcher, "change");
  watcher.close();
}
