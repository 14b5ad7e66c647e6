import type { Clock } from "../base/clock.ts";
import { ok, type Result } from "../base/result.ts";
import type { LauncherEnd } from "../runner/launcher-process.ts";
import type { Service } from "../runner/service.ts";
import { pause } from "../runner/wait.ts";
import { createWatch } from "../runner/watch.ts";
import type { MpsParts } from "./daemon.ts";
import { mpsFault, type MpsFault } from "./fault.ts";
import { readLog } from "./read-log.ts";

export interface ReadyOptions {
  /** How long the launcher may take to start it, the wait for the host's lane included. */
  readonly startSeconds: number;
  /** From its start to its first answer. */
  readonly readySeconds: number;
  /** MPS' own default, 100, needs no saying. */
  readonly activeThreadPercentage: number;
}

export interface ReadyModules {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

type Readiness = Result<unknown, MpsFault>;

/** Waits until a daemon that is being started takes commands, and gives it the first. */
export async function makeReady(
  parts: MpsParts,
  options: ReadyOptions,
  modules: ReadyModules,
): Promise<Readiness> {
  const started = await untilItRuns(parts, options.startSeconds, modules);
  if (!started.ok) return started;
  const answered = await untilItAnswers(parts, options.readySeconds, modules);
  if (!answered.ok || options.activeThreadPercentage === 100) return answered;
  const limited = await parts.control.limitThreads(options.activeThreadPercentage);
  return limited.ok ? limited : unavailable(limited.error, parts);
}

async function untilItRuns(
  { service }: MpsParts,
  startSeconds: number,
  { clock, signal }: ReadyModules,
): Promise<Readiness> {
  const watch = createWatch(clock, signal);
  watch.limit(startSeconds, "not_spawned");
  void service.started.then(() => watch.end("itself"));
  const cause = await watch.cause;
  if (cause === "cancelled") return cancelled();
  if (cause !== "itself")
    return mpsFault("mps_unavailable", "the MPS daemon was not started in time");
  const started = await service.started;
  return started === "started" ? ok(undefined) : describeNotStarted(started, service);
}

const LANE_BUSY = 75;

function describeNotStarted(end: LauncherEnd, { said }: Service): Readiness {
  if (end.kind === "exited" && end.code === LANE_BUSY) {
    return mpsFault("lane_busy", "another run had the host's lane");
  }
  const why = end.kind === "failed" ? end.message : lastLine(said());
  return mpsFault("mps_unavailable", `the MPS daemon could not be started: ${why}`);
}

const FIRST_PAUSE_SECONDS = 0.02;
const LONGEST_PAUSE_SECONDS = 0.5;

async function untilItAnswers(
  parts: MpsParts,
  readySeconds: number,
  { clock, signal }: ReadyModules,
): Promise<Readiness> {
  const deadline = clock.monotonicSeconds() + readySeconds;
  let pauseSeconds = FIRST_PAUSE_SECONDS;
  for (;;) {
    // In turn: nobody tells when it is ready.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await parts.control.answers(Math.max(1, deadline - clock.monotonicSeconds()));
    if (signal?.aborted === true) return cancelled();
    if (answer.ok) return answer;
    if (parts.service.hasEnded()) return unavailable("the MPS daemon ended by itself", parts);
    if (clock.monotonicSeconds() >= deadline) {
      return unavailable(`the MPS daemon does not answer: ${answer.error}`, parts);
    }
    // oxlint-disable-next-line no-await-in-loop
    await pause(clock, pauseSeconds);
    pauseSeconds = Math.min(2 * pauseSeconds, LONGEST_PAUSE_SECONDS);
  }
}

function cancelled(): Readiness {
  return mpsFault("cancelled", "cut short before the MPS daemon was ready");
}

async function unavailable(what: string, { directories, service }: MpsParts): Promise<Readiness> {
  const logged = await readLog(directories.log);
  const said = logged === "" ? lastLine(service.said()) : logged;
  return mpsFault("mps_unavailable", said === "" ? what : `${what} (${said})`);
}

/** The last line that is not the launcher's own. */
function lastLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")
      .findLast((line) => !line.startsWith("{")) ?? ""
  );
}
