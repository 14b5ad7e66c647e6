import { Readable } from "node:stream";
import { execa } from "execa";
import { errorText } from "../base/errors.ts";
import { makeMark, MARK_VARIABLE } from "./mark.ts";
import type { RunRequest } from "./run.ts";

export interface LauncherOptions {
  /** The launcher's program. */
  readonly launcher: string;
  /** The lane to hold while it runs; none when left out. */
  readonly laneLock?: { readonly file: string; readonly timeoutSeconds: number };
}

/** What to start. */
export type LaunchRequest = Pick<RunRequest, "file" | "args" | "env" | "instances" | "barrier">;

/** How a launcher ended. */
export type LauncherEnd =
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "signalled"; readonly signal: NodeJS.Signals };

/** A launcher that was started, or could not be. */
export interface Launcher {
  /** 0 when it could not be started. */
  readonly pid: number;
  /** What all that it starts has in its environment, and nobody else. */
  readonly mark: string;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its end alone: descendants may hold its pipes for longer. */
  readonly ended: Promise<LauncherEnd>;
  /** Does nothing once it has ended. */
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Closes its pipes. */
  readonly closePipes: () => void;
  /** Stops waiting for it: it gives back the lane and goes on waiting, and does not keep this process alive any more. */
  readonly abandon: () => void;
}

/**
 * Starts the launcher with the environment of the request, the run's mark and nothing else, in a session of its own and in no directory
 * that might have to go, without a shell. Whatever keeps it from being started is its end.
 */
export function startLauncher(options: LauncherOptions, request: LaunchRequest): Launcher {
  try {
    return spawnLauncher(options, request);
  } catch (error) {
    // What no program can be given, such as an argument with a zero byte in it.
    return neverStarted(errorText(error));
  }
}

function spawnLauncher(options: LauncherOptions, request: LaunchRequest): Launcher {
  const mark = makeMark();
  const child = execa(options.launcher, launcherArguments(options, request), {
    env: { ...request.env, [MARK_VARIABLE]: mark },
    extendEnv: false,
    cwd: "/",
    // Out of reach of the terminal's signals, and of execa's own ways to end it: those wait for the pipes.
    detached: true,
    forceKillAfterDelay: false,
    reject: false,
    buffer: false,
    stdin: "ignore",
  });
  const exited = new Promise<LauncherEnd>((resolve) => {
    child.once("exit", (code, signal) => resolve(toEnd(code, signal)));
  });
  return {
    pid: child.pid ?? 0,
    mark,
    stdout: child.stdout,
    stderr: child.stderr,
    // What could not be started does not exit; what was started exits before execa's promise settles.
    ended: Promise.race([exited, child.then(toFailure)]),
    kill: (signal) => void child.kill(signal),
    closePipes: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    abandon: () => {
      child.kill("SIGUSR1");
      // One that was stopped would keep the lane for ever.
      child.kill("SIGCONT");
      child.unref();
    },
  };
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

function toEnd(code: number | null, signal: NodeJS.Signals | null): LauncherEnd {
  return signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal };
}

function toFailure(result: { readonly originalMessage?: string | undefined }): LauncherEnd {
  return { kind: "failed", message: result.originalMessage ?? "unknown error" };
}
