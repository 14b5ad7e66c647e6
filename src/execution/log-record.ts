import type { Logger } from "../base/logger.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import { runId } from "../history/run-id.ts";
import { findDowntrainedLink } from "../probes/host-link.ts";

/** What a program wrote last may be of any length; a line is for reading. */
const MAX_STDERR_CHARACTERS = 1024;

/** One line for each turn in the lane, which ends in a run or in one that was left out: see {@link logRecord}. */
export function logTurn(logger: Logger, target: Target): void {
  logger.debug(describeSubject(target), "turn begins");
}

/**
 * One line a run: debug when it went well or was left out, a warning when it did not, and another one when its link was slower than it can
 * be. Repeats are not folded, so that there are as many warnings as the counter of failures has counted, each with its own run_id.
 */
export function logRecord(logger: Logger, record: RunRecord): void {
  const subject = describeSubject(record.target);
  if (record.type === "skip") {
    logger.debug({ ...subject, reason: record.reason, why: record.message }, "run left out");
    return;
  }
  const run = { ...subject, run_id: runId(record) };
  const { outcome, reason = outcome, phase, code, message, stderr } = record.end;
  const pcieLink = findDowntrainedLink(record.end);
  if (pcieLink !== undefined)
    logger.warn({ ...run, pcie_link: pcieLink }, "the PCIe link is down-trained");
  const said = { outcome, reason, phase, code, why: message };
  if (outcome === "success") logger.debug(run, "run succeeded");
  else if (outcome === "skipped") logger.debug({ ...run, ...said }, "run left out by its probe");
  else logger.warn({ ...run, ...said, stderr: lastLine(stderr) }, "run failed");
}

/** As the labels have it; a MIG instance has a UUID of its own. */
function describeSubject({ probe, device }: Target): object {
  const migUuid = device?.migUuid ?? "";
  return {
    probe: probe.name,
    gpu: device?.gpu,
    ...(migUuid !== "" && { mig_uuid: migUuid }),
  };
}

/** Undefined when nothing was said. */
function lastLine(text: string): string | undefined {
  const line =
    text
      .trimEnd()
      .split(/[\n\r]/)
      .at(-1) ?? "";
  if (line.length > MAX_STDERR_CHARACTERS) return `${line.slice(0, MAX_STDERR_CHARACTERS)}…`;
  return line === "" ? undefined : line;
}
