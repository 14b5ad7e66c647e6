import { finished } from "node:stream/promises";
import type { Clock } from "../base/clock.ts";
import { startLauncher, type LauncherOptions } from "./launcher.ts";
import type { Launcher } from "./launcher-process.ts";
import { createOutput, type Output } from "./output.ts";
import { openProcessGroup, type ProcessGroup } from "./process-group.ts";
import type { RunRequest } from "./run.ts";
import type { Cause } from "./settlement.ts";
import { createTextTail, type TextTail } from "./tails.ts";
import { createWatch, type Watch } from "./watch.ts";

export interface StartOptions extends LauncherOptions {
  /** How long the launcher may take to start something once the lane's own time has passed. */
  readonly startSeconds: number;
}

/** A run under way. */
export interface StartedRun {
  /** How many were asked for. */
  readonly instances: number;
  readonly launcher: Launcher;
  readonly output: Output;
  readonly stderr: TextTail;
  /** Why it comes to its end; nothing is watched for from then on. */
  readonly cause: Promise<Cause>;
  /** The group of the instances, once the launcher has told. */
  readonly group: () => ProcessGroup | undefined;
  /** Fulfilled when both outputs have been read to their ends, or closed. */
  readonly outputEnded: Promise<unknown>;
}

const DEFAULT_MAX_BYTES = 1024 * 1024;
const STDERR_BYTES = 4096;

/** Starts a run and watches for the first thing that brings it to its end. The deadline counts from the first instance's start. */
export function startRun(
  request: RunRequest,
  options: StartOptions,
  modules: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): StartedRun {
  const { instances = 1 } = request;
  const watch = createWatch(modules.clock, modules.signal);
  watch.limit((options.laneLock?.timeoutSeconds ?? 0) + options.startSeconds, "not_spawned");
  let group: ProcessGroup | undefined;
  const output = openOutput(request, watch, (leader) => {
    group = openProcessGroup(leader, launcher.pid);
    watch.limit(request.deadlineSeconds, "deadline");
  });
  const stderr = createTextTail(STDERR_BYTES);
  const launcher = startLauncher(options, request);
  launcher.stdout.on("data", output.write);
  launcher.stderr.on("data", stderr.push);
  void launcher.ended.then(() => watch.end("itself"));
  return {
    instances,
    launcher,
    output,
    stderr,
    cause: watch.cause,
    group: () => group,
    outputEnded: Promise.all([launcher.stdout, launcher.stderr].map(untilEnd)),
  };
}

function openOutput(request: RunRequest, watch: Watch, onStart: (leader: number) => void): Output {
  const { instances = 1, barrier = instances > 1 } = request;
  return createOutput({
    instances,
    barrier,
    maxBytes: request.maxOutputBytes ?? DEFAULT_MAX_BYTES,
    onLine: (line) => {
      if (line.type === "spawned" && line.instance === 0) onStart(line.pid);
    },
    onProblem: () => watch.end("output"),
  });
}

/** A stream that breaks has ended too: what it brought until then is judged. */
async function untilEnd(stream: Launcher["stdout"]): Promise<void> {
  try {
    await finished(stream, { cleanup: true });
  } catch {
    return;
  }
}
