import type { Logger } from "../base/logger.ts";
import type { RunRecord } from "../history/record.ts";
import { runId } from "../history/run-id.ts";
import { findDowntrainedLink } from "../probes/host-link.ts";

/** One line a run: debug when it went well or was left out, a warning when it did not, and another one when its link was slower than it can be. */
export function logRecord(logger: Logger, record: RunRecord): void {
  const { probe, device } = record.target;
  const subject = { probe: probe.name, gpu: device?.gpu };
  if (record.type === "skip") {
    logger.debug({ ...subject, reason: record.reason, why: record.message }, "run left out");
    return;
  }
  const run = { ...subject, run_id: runId(record) };
  const { outcome, reason, phase, code, message, stderr } = record.end;
  const pcieLink = findDowntrainedLink(record.end);
  if (pcieLink !== undefined)
    logger.warn({ ...run, pcie_link: pcieLink }, "the PCIe link is down-trained");
  const said = { outcome, reason, phase, code, why: message };
  if (outcome === "success") logger.debug(run, "run succeeded");
  else if (outcome === "skipped") logger.debug({ ...run, ...said }, "run left out by its probe");
  else logger.warn({ ...run, ...said, stderr: lastLine(stderr) }, "run failed");
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split("\n").at(-1);
}
