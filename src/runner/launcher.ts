import { Readable } from "node:stream";
import { errorText } from "../base/errors.ts";
import type { LauncherAhead } from "./launcher-ahead.ts";
import { startWithCall, type Call, type Launcher } from "./launcher-process.ts";
import type { RunRequest } from "./run.ts";

export interface LauncherOptions {
  /** The launcher's program. */
  readonly launcher: string;
  /** The lane to hold while it runs; none when left out. */
  readonly laneLock?: { readonly file: string; readonly timeoutSeconds: number };
  /** One that was started ahead, taken where there is one. */
  readonly ahead?: LauncherAhead;
}

/** What to start. */
export type LaunchRequest = Pick<RunRequest, "file" | "args" | "env" | "instances" | "barrier">;

/**
 * Starts the launcher with the environment of the request, the run's mark and nothing else, or calls the one that was started ahead.
 * Whatever keeps it from being started is its end.
 */
export function startLauncher(options: LauncherOptions, request: LaunchRequest): Launcher {
  const call = { args: launcherArguments(options, request), env: request.env };
  const waiting = canBeTold(call) ? options.ahead?.take() : undefined;
  if (waiting !== undefined) {
    waiting.tell(call);
    return waiting.launcher;
  }
  try {
    return startWithCall(options.launcher, call);
  } catch (error) {
    return neverStarted(errorText(error));
  }
}

/** What no program can be given Node refuses, and says so. */
function canBeTold({ args, env }: Call): boolean {
  return ![...args, ...Object.entries(env).flat()].some((word) => word.includes("\0"));
}

function neverStarted(message: string): Launcher {
  return {
    pid: 0,
    mark: "",
    stdout: Readable.from([]),
    stderr: Readable.from([]),
    ended: Promise.resolve({ kind: "failed", message }),
    kill: () => undefined,
    closePipes: () => undefined,
    abandon: () => undefined,
  };
}

function launcherArguments(
  { laneLock }: LauncherOptions,
  request: LaunchRequest,
): readonly string[] {
  const lane = laneLock && [
    `--lane_lock=${laneLock.file}`,
    `--lane_timeout_seconds=${laneLock.timeoutSeconds}`,
  ];
  const { instances = 1, barrier = false } = request;
  const several = instances > 1 ? [`--instances=${instances}`] : [];
  const held = barrier ? ["--barrier=true"] : [];
  return [...several, ...held, ...(lane ?? []), "--", request.file, ...request.args];
}
