import type { InstanceReport } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import { createTextTail } from "../runner/tails.ts";
import { isFailure, type EndedRun } from "./record.ts";

/** Of what a failure printed, each of the two: as much as the API tells. */
const SAID_BYTES = 4096;

/**
 * What is still told of a run when a later one of its target has ended: how it ended, its phases, and of a failure the end of what it
 * printed. Most of a whole run, some 40 KiB at the default configuration, are its samples and what it printed.
 */
export function outlineOf(run: EndedRun): EndedRun {
  const { type, target, atSeconds, circumstances, end } = run;
  const { companions: _companions, gone: _gone, report, ...ending } = end;
  const instances = report.instances.map(withoutSamples);
  const said = isFailure(run) ? tails(end) : NOTHING_SAID;
  return {
    type,
    target,
    atSeconds,
    circumstances,
    end: { ...ending, ...said, report: { ...report, instances } },
  };
}

type Said = Pick<RunEnd, "transcript" | "stderr">;

const NOTHING_SAID: Said = { transcript: [], stderr: "" };

function withoutSamples(instance: InstanceReport): InstanceReport {
  return { ...instance, samples: [] };
}

function tails({ transcript, stderr }: Said): Said {
  const text = tail(transcript.join("\n"));
  return { transcript: text === "" ? [] : text.split("\n"), stderr: tail(stderr) };
}

/** The end of what was printed, as much as is told, and nothing that keeps the whole of it. */
export function tail(text: string): string {
  const kept = createTextTail(SAID_BYTES);
  kept.push(Buffer.from(text));
  return kept.text();
}
