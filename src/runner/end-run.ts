import type { Clock } from "../base/clock.ts";
import { isProcShown } from "../base/process-stat.ts";
import { endGracefully, type Endable, type Patience } from "./end-gracefully.ts";
import type { LauncherEnd } from "./launcher-process.ts";
import { endStrays } from "./end-strays.ts";
import { findMarked, type Strays } from "./marked.ts";
import type { Cause, SentSignals } from "./settlement.ts";
import type { ProcessGroup } from "./process-group.ts";
import type { StartedRun } from "./start-run.ts";
import { fulfilledWithin, pause } from "./wait.ts";

/** How a run's processes came to their end. */
export interface EndedProcesses {
  readonly sent: SentSignals;
  /** Undefined when it did not end. */
  readonly launcher: LauncherEnd | undefined;
  /** Something is still there. */
  readonly hung: boolean;
}

type Modules = Patience & { readonly clock: Clock };

/** What is told to end. */
type Processes = Pick<StartedRun, "launcher" | "instances" | "group">;

/** Brings the processes of a run to their end, unless they came to it by themselves. */
export async function endRun(
  run: Processes,
  cause: Cause,
  modules: Modules,
): Promise<EndedProcesses> {
  const { clock } = modules;
  const signals: Signals = { toLauncher: [], toGroup: [] };
  const beganAtSeconds = clock.monotonicSeconds();
  const ended =
    cause === "itself" || (await endGracefully(asEndable(run, signals, clock), modules));
  if (!ended) return { sent: signals, launcher: undefined, hung: true };
  const launcher = await run.launcher.ended;
  const orphans = launcher.kind === "signalled" ? await findOrphans(run, clock) : undefined;
  // Those that were told to end have one grace, whatever becomes of their launcher in it.
  const spentSeconds = signals.toGroup.length === 0 ? 0 : clock.monotonicSeconds() - beganAtSeconds;
  const leftSeconds = Math.max(0, modules.graceSeconds - spentSeconds);
  const hung =
    orphans !== undefined && !(await endOrphans(orphans, signals, { ...modules, leftSeconds }));
  return { sent: signals, launcher, hung };
}

/**
 * The instances of a launcher that was lost, and what they have started: nobody is left who reaps them, or says what became of them.
 * What has left the group is known by the run's mark, which the group has, too.
 */
interface Orphans {
  readonly instances: ProcessGroup | undefined;
  readonly marked: Strays;
}

async function findOrphans({ launcher, group }: Processes, clock: Clock): Promise<Orphans> {
  // Its end may be known before its last lines have been read, which a timer gives time for.
  await pause(clock, 0);
  await untilProcShows(clock);
  const marked = await findMarked((mark) => mark === launcher.mark);
  return { instances: group(), marked };
}

function areGone({ instances, marked }: Orphans): boolean {
  return instances?.isGone() !== false && marked.isGone();
}

const LOOKS = 20;

/** Somebody may have hidden /proc for a while; as long as it is hidden nobody is found, and nobody taken for gone. */
async function untilProcShows(clock: Clock): Promise<void> {
  for (let looks = 0; looks < LOOKS && !isProcShown(); looks += 1) {
    // oxlint-disable-next-line no-await-in-loop -- nobody tells
    await pause(clock, 0.5);
  }
}

/** Waits for the end of what {@link endRun} gave up on, however long that takes. */
export async function untilGone(run: Processes, clock: Clock): Promise<void> {
  await run.launcher.ended;
  let orphans = await findOrphans(run, clock);
  while (!areGone(orphans)) {
    // oxlint-disable-next-line no-await-in-loop -- nobody tells, and there is no hurry
    await pause(clock, 1);
    // oxlint-disable-next-line no-await-in-loop -- /proc is back
    if (!orphans.marked.isComplete && isProcShown()) orphans = await findOrphans(run, clock);
  }
}

interface Signals {
  readonly toLauncher: NodeJS.Signals[];
  readonly toGroup: NodeJS.Signals[];
}

/** Instances are told directly, whatever state the launcher is in. Before there are any, it is the launcher that has to end. */
function asEndable(run: Processes, signals: Signals, clock: Clock): Endable {
  const tellLauncher = (signal: NodeJS.Signals): void => {
    signals.toLauncher.push(signal);
    run.launcher.kill(signal);
  };
  return {
    kill: (signal) => {
      const group = run.group();
      if (group === undefined) return tellLauncher(signal);
      signals.toGroup.push(signal);
      group.kill(signal);
      // Those that wait for one another look at it only when they are let go, which the launcher does.
      if (signal === "SIGTERM" && run.instances > 1) tellLauncher(signal);
      // Somebody may have stopped it, and it is to say what became of them.
      if (signal === "SIGCONT") run.launcher.kill(signal);
    },
    endsWithin: async (seconds) => fulfilledWithin(clock, seconds, run.launcher.ended),
  };
}

/** Who has left the group may not have been told yet, and has all of the grace. */
async function endOrphans(
  { instances, marked }: Orphans,
  signals: Signals,
  modules: Modules & { readonly leftSeconds: number },
): Promise<boolean> {
  const end = async (some: Pick<Strays, "kill" | "isGone">, graceSeconds: number) => {
    const kill = (signal: NodeJS.Signals): void => {
      signals.toGroup.push(signal);
      some.kill(signal);
    };
    return endStrays({ kill, isGone: some.isGone }, { ...modules, graceSeconds });
  };
  const ended = await Promise.all([
    instances === undefined || end(instances, modules.leftSeconds),
    end(marked, modules.graceSeconds),
  ]);
  return ended.every(Boolean);
}
