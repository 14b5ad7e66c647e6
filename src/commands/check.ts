import type { Target } from "../config/config.ts";
import { formatProblem } from "../config/problem.ts";
import { makeTargets } from "../config/targets.ts";
import { findUnknownGpus } from "../config/unknown-gpus.ts";
import type { Listing } from "../devices/device.ts";
import { hidesProcesses } from "../devices/pid-namespace.ts";
import { findProgram } from "../execution/find-program.ts";
import { findPauseFile } from "../execution/pause.ts";
import { decideGo, type GateDecision } from "../gates/decide-go.ts";
import type { MpsFault } from "../mps/fault.ts";
import { intervalSeconds } from "../scheduler/schedule.ts";
import { spareSleeping } from "../scheduler/spare-sleeping.ts";
import { describeDriver, describeLost } from "./devices.ts";
import { describeBudget } from "./check-budget.ts";
import { lookAtGates, type GateSight } from "./check-gates.ts";
import { checkWebConfig } from "./check-web-config.ts";
import type { CommonFlags, WebConfigFlag } from "./flags.ts";
import { formatColumns } from "./format-table.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { withSession, type Session } from "./session.ts";

/** Above this share of the time the lane is busy so often that runs wait for each other. */
const LANE_WARNING_RATIO = 0.5;

/**
 * `cudaprobe check`: what would run here, what would be left out, and why. Exit code 0 when the config is valid and a driver works, 1 without a
 * driver, 2 on a bad config.
 */
export async function checkCommand(
  flags: CommonFlags & WebConfigFlag,
  io: CommandIo,
): Promise<number> {
  if (!(await checkWebConfig(flags, io))) return EXIT.usage;
  return withSession(flags, io, async (session) => {
    const { config, listing } = session;
    io.out(`${config.file} is valid: ${countProbes(config.probes.length)}\n`);
    const paused = await findPauseFile(config.gates.pauseFile);
    if (paused !== undefined) io.out(`paused: ${paused.message}, so the daemon starts nothing\n`);
    io.out(describeDriver(listing) + describeLost(listing));
    if (listing.fault !== undefined) return EXIT.fault;
    const problems = findUnknownGpus(config, listing.devices, listing.lost);
    for (const problem of problems) io.error(`${formatProblem(problem)}\n`);
    if (problems.length > 0) return EXIT.usage;
    const configured = makeTargets(config, listing.devices);
    const targets = spareSleeping(configured, listing.devices);
    const sight = await lookAtGates(session, io);
    io.out(await formatTargets(targets, session, sight));
    io.out(`\n${sight.describe(targets)}\n`);
    io.out(describeLane(targets));
    io.out(describeBudget(targets, config.limits));
    io.out(describePersistence(listing));
    io.out(describeSpared(configured, targets));
    io.out(await describeNamespace());
    return EXIT.ok;
  });
}

function countProbes(count: number): string {
  return count === 1 ? "1 probe" : `${String(count)} probes`;
}

/** Why no run under MPS could be made, where some are wanted. */
async function findMpsFault(
  targets: readonly Target[],
  { host }: Session,
): Promise<MpsFault | undefined> {
  if (!targets.some(wantsMps)) return undefined;
  const control = await host.findMpsControl();
  return control.ok ? undefined : control.error;
}

function wantsMps({ probe }: Target): boolean {
  return probe.measurement.mps !== undefined;
}

async function formatTargets(
  targets: readonly Target[],
  session: Session,
  sight: GateSight,
): Promise<string> {
  const header = ["probe", "kind", "gpu", "every", "now"];
  const mpsFault = await findMpsFault(targets, session);
  const rows = await Promise.all(
    targets.map(async (target) => [
      target.probe.name,
      target.probe.kind.name,
      target.device === undefined ? "" : String(target.device.gpu),
      describeInterval(target),
      describeDecision(await decideAll(target, session, { sight, mpsFault })),
    ]),
  );
  return formatColumns([header, ...rows], header.length);
}

function describeDecision(decision: GateDecision): string {
  return decision.go ? "would run" : `would be left out: ${decision.reason}: ${decision.message}`;
}

/** The gates, and what they do not look at: programs that a host may not have. */
async function decideAll(
  target: Target,
  session: Session,
  { sight, mpsFault }: { readonly sight: GateSight; readonly mpsFault: MpsFault | undefined },
): Promise<GateDecision> {
  const held = sight.hold(target);
  if (held !== undefined) return { go: false, ...held };
  const gates = decideGo(sight.inputOf(target));
  if (!gates.go) return gates;
  const program = await findProgram(target, session.host.executorOptions);
  if (!program.ok) return { go: false, ...program.error };
  return wantsMps(target) && mpsFault !== undefined ? { go: false, ...mpsFault } : gates;
}

function describeLane(targets: readonly Target[]): string {
  const ratio = targets.reduce(
    (sum, { probe: { kind, measurement, schedule } }) =>
      sum + (measurement.expectedSeconds ?? kind.expectedSeconds) / intervalSeconds(schedule),
    0,
  );
  const share = `${String(Number((ratio * 100).toPrecision(2)))} %`;
  return ratio > LANE_WARNING_RATIO
    ? `warning: runs are expected to take ${share} of the time, one at a time: make the schedules sparser\n`
    : `runs are expected to take ${share} of the time, one at a time\n`;
}

function describePersistence({ devices }: Listing): string {
  const off = devices.filter(({ persistenceMode }) => persistenceMode === "disabled");
  if (off.length === 0) return "";
  const which = off.map(({ gpu }) => String(gpu)).join(", ");
  return `persistence mode is off on GPU ${which}: gates use facts that do not wake it, and cold starts include waking it\n`;
}

/** The targets whose schedules are not those of the config. */
function describeSpared(configured: readonly Target[], targets: readonly Target[]): string {
  return targets
    .flatMap((target, index) => {
      const before = configured[index];
      if (before === undefined || before.probe.schedule === target.probe.schedule) return [];
      const { name } = target.probe;
      return `${name} wakes it, and so is made every ${describeInterval(target)} rather than every ${describeInterval(before)}; its option wake insists\n`;
    })
    .join("");
}

function describeInterval({ probe }: Target): string {
  return `${String(intervalSeconds(probe.schedule))} s`;
}

async function describeNamespace(): Promise<string> {
  return (await hidesProcesses("/"))
    ? "processes outside of this PID namespace are not seen, and their memory is unattributed: use the host's (docker run --pid=host, hostPID: true)\n"
    : "";
}
