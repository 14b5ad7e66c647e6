import type { Request, RequestHandler, Response } from "express";
import type { Clock } from "../base/clock.ts";
import { fail, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import { renderRun } from "../metrics/one-run.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { findTarget, type Refusal } from "./find-target.ts";
import { negotiate } from "./negotiate.ts";
import { describeRun } from "./probe-debug.ts";
import { parseProbeRequest, type ProbeRequest } from "./probe-request.ts";
import { sendScrape } from "./serve-metrics.ts";

/** What runs a target because a request wants it. */
export interface ProbeModules {
  readonly clock: Clock;
  readonly ready: () => Result<void>;
  readonly targets: () => readonly Target[];
  readonly runNow: Scheduler["runNow"];
}

/**
 * Runs one target now, through the same queue and gates as ever, and answers with what that run came to. A run that has started goes on
 * whatever becomes of whoever asked: it is a run like others, and one that was cut short would say what is not so.
 */
export function serveProbe(modules: ProbeModules): RequestHandler {
  return async (request, response) => {
    const header = request.headers["x-prometheus-scrape-timeout-seconds"];
    const asked = parseProbeRequest(request.query, header);
    const ready = modules.ready();
    if (!asked.ok) return refuse(response, { status: 400, message: asked.error });
    if (!ready.ok) return refuse(response, { status: 503, message: ready.error });
    const target = findTarget(asked.value, modules.targets());
    if (!target.ok) return refuse(response, target.error);
    const beganAtSeconds = modules.clock.monotonicSeconds();
    const run = await runFor(
      { ...asked.value, target: target.value },
      { request, response },
      modules,
    );
    const record = judge(run);
    if (!record.ok) return refuse(response, record.error);
    const seconds = modules.clock.monotonicSeconds() - beganAtSeconds;
    return send(record.value, { seconds, debug: asked.value.debug }, { request, response });
  };
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

type Asked = Awaited<ReturnType<Scheduler["runNow"]>> | Result<never, "late">;

/** Waits for the lane as long as a run may take, and for all of it as long as whoever asks listens. */
async function runFor(
  { target, limitSeconds = Number.POSITIVE_INFINITY }: ProbeRequest & { readonly target: Target },
  { request, response }: Exchange,
  { clock, runNow }: ProbeModules,
): Promise<Asked> {
  // Silence is all there is until the run has ended.
  request.setTimeout(0);
  const wait = new AbortController();
  const giveUp = (): void => wait.abort();
  response.once("close", giveUp);
  const waitSeconds = Math.min(limitSeconds, target.probe.timeoutSeconds);
  // Set first, so that of both at one moment it is this one: nothing has started then.
  const timers = [clock.after(waitSeconds, giveUp)];
  const late = new Promise<Asked>((resolve) => {
    if (!Number.isFinite(limitSeconds)) return;
    timers.push(clock.after(limitSeconds, () => resolve(fail("late"))));
  });
  try {
    return await Promise.race([runNow(target.id, wait.signal), late]);
  } finally {
    for (const cancel of timers) cancel();
  }
}

type RefusedRun = "unknown_target" | "in_flight" | "lane_busy" | "driver_hangs" | "late";

const REFUSALS: Readonly<Record<RefusedRun, Refusal>> = {
  unknown_target: { status: 404, message: "the target went with another config" },
  in_flight: { status: 409, message: "busy: a run of this target goes on" },
  lane_busy: { status: 409, message: "busy: a run of this target waits already" },
  driver_hangs: { status: 409, message: "busy: runs on more than one device hang, so all wait" },
  late: { status: 504, message: "the time is over; the run goes on, and /metrics will have it" },
};

const NOT_STARTED: Refusal = {
  status: 503,
  message: "nothing came of it: its turn did not come in time, or the daemon stops",
};

function judge(asked: Asked): Result<RunRecord, Refusal> {
  if (!asked.ok) return fail(REFUSALS[asked.error]);
  const record = asked.value;
  if (record === undefined) return fail(NOT_STARTED);
  const isBusy =
    record.type === "skip" && (record.reason === "in_flight" || record.reason === "lane_busy");
  return isBusy
    ? fail({ status: 409, message: `busy: ${record.message}` })
    : { ok: true, value: record };
}

async function send(
  record: RunRecord,
  { seconds, debug }: { readonly seconds: number; readonly debug: boolean },
  { request, response }: Exchange,
): Promise<void> {
  const render = renderRun(record, seconds);
  if (!debug) return sendScrape(await render(negotiate(request)), { request, response });
  const { chunks } = await render({ format: "text", gzip: false });
  const metrics = Buffer.concat([...chunks]).toString();
  response.type("text/plain").send(`${describeRun(record)}\nMetrics:\n${metrics}`);
  return undefined;
}

function refuse(response: Response, { status, message }: Refusal): void {
  response.status(status).type("text/plain").send(`${message}.\n`);
}
