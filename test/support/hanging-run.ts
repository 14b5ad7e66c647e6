import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEnd } from "../../src/runner/run.ts";
import { createDeadlineClock } from "./deadline-clock.ts";
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
  const { clock, passDeadline } = createDeadlineClock(deadlineSeconds, options.clock);
  const run = makeRun(probe, {
    ...options,
    clock,
    env: { ...env, READY_DIRECTORY: directory },
  });
  await waitForFiles(directory, options.instances ?? 1);
  await rm(directory, { recursive: true });
  return { passDeadline, end: run };
}

async function waitForFiles(directory: string, count: number): Promise<void> {
  const watcher = watch(directory);
  while (readdirSync(directory).length < count) await once(watcher, "change");
  watcher.close();
}
