import type { Readable } from "node:stream";
import { execa } from "execa";
import { makeMark, MARK_VARIABLE } from "./mark.ts";

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

/** What a launcher is called with, its own name and the run's mark apart. */
export interface Call {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A launcher that waits for its call. */
export interface WaitingLauncher {
  readonly launcher: Launcher;
  /** Sends the call; once. When the launcher has ended meanwhile, its end tells. */
  readonly tell: (call: Call) => void;
}

/** Starts a launcher with its call. Throws what Node throws for what no program can be given, such as an argument with a zero byte in it. */
export function startWithCall(file: string, { args, env }: Call): Launcher {
  const mark = makeMark();
  const child = execa(file, args, {
    ...OPTIONS,
    env: { ...env, [MARK_VARIABLE]: mark },
    stdin: "ignore",
  });
  return { mark, ...follow(child) };
}

/** Starts a launcher that is still to be called. */
export function startWithoutCall(file: string): WaitingLauncher {
  const mark = makeMark();
  const child = execa(file, ["--call=stdin"], {
    ...OPTIONS,
    env: { [MARK_VARIABLE]: mark },
    stdin: "pipe",
  });
  // It may have ended: its end tells.
  child.stdin.on("error", () => undefined);
  return {
    launcher: { mark, ...follow(child) },
    tell: ({ args, env }) =>
      void child.stdin.end(formatCall([file, ...args], { ...env, [MARK_VARIABLE]: mark })),
  };
}

/** In a session of its own and in no directory that might have to go, without a shell. */
const OPTIONS = {
  extendEnv: false,
  cwd: "/",
  // Out of reach of the terminal's signals, and of execa's own ways to end it: those wait for the pipes.
  detached: true,
  forceKillAfterDelay: false,
  reject: false,
  buffer: false,
} as const;

/** As native/launcher/call.h reads it: how many words, the words, the variables, an empty one, each with a zero byte behind it. */
function formatCall(words: readonly string[], env: Call["env"]): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [words.length, ...words, ...variables, ""].map((word) => `${word}\0`).join("");
}

/** What execa's promise and process have in common, whatever their streams are. */
interface Child extends PromiseLike<{ readonly originalMessage?: string | undefined }> {
  readonly pid?: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly once: (
    event: "exit",
    listener: (code: number | null, signal: NodeJS.Signals | null) => void,
  ) => unknown;
  readonly kill: (signal: NodeJS.Signals) => boolean;
  readonly unref: () => void;
}

function follow(child: Child): Omit<Launcher, "mark"> {
  const exited = new Promise<LauncherEnd>((resolve) => {
    child.once("exit", (code, signal) => resolve(toEnd(code, signal)));
  });
  return {
    pid: child.pid ?? 0,
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

function toEnd(code: number | null, signal: NodeJS.Signals | null): LauncherEnd {
  return signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal };
}

function toFailure(result: { readonly originalMessage?: string | undefined }): LauncherEnd {
  return { kind: "failed", message: result.originalMessage ?? "unknown error" };
}
