import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import { matchGpu } from "../config/select-gpus.ts";
import type { ProbeRequest } from "./probe-request.ts";

/** Why a request is not done, and its status. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 409 | 503 | 504;
  readonly message: string;
}

/** The one target that a request names. The GPU may be left out where the probe has one target only. */
export function findTarget(
  { probe, gpu }: Pick<ProbeRequest, "probe" | "gpu">,
  targets: readonly Target[],
): Result<Target, Refusal> {
  const own = targets.filter((target) => target.probe.name === probe);
  if (own.length === 0) return refuse(404, "no such probe is configured for a GPU that is known");
  const named = gpu === undefined ? ok(own) : onGpu(gpu, own);
  if (!named.ok) return named;
  const [target, ...others] = named.value;
  if (target === undefined) return refuse(404, "the probe has no such GPU");
  if (others.length > 0) return refuse(400, "gpu must name one: the probe is on several");
  if (target.probe.measurement.notByRequest !== true) return ok(target);
  return refuse(403, "a program of the configuration's own is never started by a request");
}

function onGpu(
  gpu: number | string,
  targets: readonly Target[],
): Result<readonly Target[], Refusal> {
  if (targets.every(({ device }) => device === undefined)) {
    return refuse(400, "the probe is one of the host: gpu cannot be given");
  }
  const match = matchGpu(
    gpu,
    targets.flatMap(({ device }) => device ?? []),
  );
  if (match.type === "ambiguous") return refuse(400, "gpu must name one: several begin so");
  const found = new Set<Target["device"]>(match.type === "found" ? match.devices : []);
  return ok(targets.filter(({ device }) => found.has(device)));
}

function refuse(status: Refusal["status"], message: string): Result<never, Refusal> {
  return fail({ status, message });
}
