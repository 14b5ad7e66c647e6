import type { Clock } from "../base/clock.ts";
import { createDeferred } from "../base/deferred.ts";
import { parseLine } from "../protocol/line.ts";
import type { Patience } from "./end-gracefully.ts";
import { endRun, untilGone } from "./end-run.ts";
import { startLauncher, type LauncherOptions, type LaunchRequest } from "./launcher.ts";
import type { Launcher, LauncherEnd } from "./launcher-process.ts";
import { openProcessGroup, type ProcessGroup } from "./process-group.ts";
import { createLineSplitter } from "./split-lines.ts";
import { createTextTail } from "./tails.ts";
import { fulfilledWithin } from "./wait.ts";

/** A program that works for others until it is told to end, started through the launcher. */
export interface Service {
  /** Fulfilled when the program has been started, or with the launcher's end when it was not. */
  readonly started: Promise<LauncherEnd | "started">;
  /** Fulfilled when it and all that it left behind have ended. */
  readonly ended: Promise<LauncherEnd>;
  readonly hasEnded: () => boolean;
  /** The end of what it and the launcher wrote, for people. */
  readonly said: () => string;
  /** Gives it time to end by itself, and ends it when it does not. */
  readonly end: (ownSeconds: number) => Promise<ServiceEnd>;
}

/** Whether a service ended; `gone` settles when what did not even end by SIGKILL is gone at last. */
export type ServiceEnd =
  { readonly hung: false } | { readonly hung: true; readonly gone: Promise<void> };

export interface ServiceOptions extends LauncherOptions, Patience {}

const SAID_BYTES = 4096;

/** Starts a service. It ends when this process does: the launcher sees to that. */
export function startService(
  options: ServiceOptions,
  request: LaunchRequest,
  { clock }: { readonly clock: Clock },
): Service {
  const launcher = startLauncher(options, request);
  const started = createDeferred<LauncherEnd | "started">();
  const said = createTextTail(SAID_BYTES);
  let group: ProcessGroup | undefined;
  let hasEnded = false;
  followOutput(launcher, said.push, (leader) => {
    group = openProcessGroup(leader, launcher.pid);
    started.resolve("started");
  });
  void launcher.ended.then((end) => {
    hasEnded = true;
    return started.resolve(end);
  });
  const processes = { launcher, instances: 1, group: () => group };
  return {
    started: started.promise,
    ended: launcher.ended,
    hasEnded: () => hasEnded,
    said: said.text,
    end: async (ownSeconds) => {
      const byItself = await fulfilledWithin(clock, ownSeconds, launcher.ended);
      const modules = { ...options, clock };
      const { hung } = await endRun(processes, byItself ? "itself" : "cancelled", modules);
      if (hung) launcher.abandon();
      launcher.closePipes();
      return hung ? { hung, gone: untilGone(processes, clock) } : { hung };
    },
  };
}

/** The launcher writes first. What comes after its first line is read and kept for people, so that nobody waits for a full pipe. */
function followOutput(
  { stdout, stderr }: Launcher,
  keep: (chunk: Buffer) => void,
  onStart: (leader: number) => void,
): void {
  const splitter = createLineSplitter();
  let isStarted = false;
  const findStart = (chunk: Buffer): void => {
    for (const text of splitter.push(chunk)) {
      const line = parseLine(text);
      if (isStarted || !line.ok || line.value.type !== "spawned") continue;
      isStarted = true;
      onStart(line.value.pid);
    }
  };
  stdout.on("data", (chunk: Buffer) => {
    keep(chunk);
    if (!isStarted) findStart(chunk);
  });
  stderr.on("data", keep);
}
