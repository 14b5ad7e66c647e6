import { fail, ok, type Result } from "../base/result.ts";
import type { Config, ConfigProblem } from "../config/config.ts";
import { findUnknownGpus } from "../config/unknown-gpus.ts";
import type { Facts } from "./facts.ts";

/** The GPUs that a config names and the host does not have. Only a driver that works can say that one does not exist. */
export function checkGpus(
  config: Config,
  facts: Pick<Facts, "latest">,
): Result<undefined, readonly ConfigProblem[]> {
  const latest = facts.latest();
  if (latest === undefined || latest.fault !== undefined) return ok(undefined);
  const problems = findUnknownGpus(config, latest.devices, latest.lost);
  return problems.length === 0 ? ok(undefined) : fail(problems);
}
