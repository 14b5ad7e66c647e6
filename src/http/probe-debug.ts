import type { EndedRun, RunRecord } from "../history/record.ts";
import { runId } from "../history/run-id.ts";

/** A run for people: what became of it, and the last that it said. */
export function describeRun(record: RunRecord): string {
  const { probe, device } = record.target;
  const target: Facts = [
    ["probe", probe.name],
    ["kind", probe.kind.name],
    ["gpu", device && `${String(device.gpu)} (${device.migUuid || device.gpuUuid})`],
  ];
  if (record.type === "run") {
    return `${formatFacts([...target, ...endFacts(record)])}${said(record)}`;
  }
  const { reason, message } = record;
  return formatFacts([...target, ["outcome", "skipped"], ["reason", reason], ["message", message]]);
}

type Facts = readonly (readonly [name: string, value: string | undefined])[];

function endFacts(record: EndedRun): Facts {
  const { outcome, reason, phase, code, message, startedAtSeconds, endedAtSeconds } = record.end;
  return [
    ["outcome", outcome],
    ["reason", reason],
    ["phase", phase],
    ["code", code],
    ["message", message],
    ["run_id", runId(record)],
    ["seconds", (endedAtSeconds - startedAtSeconds).toFixed(3)],
  ];
}

function said({ end: { transcript, stderr } }: EndedRun): string {
  return `\nTranscript:\n${endLine(transcript.join("\n"))}\nStandard error:\n${endLine(stderr)}`;
}

function formatFacts(facts: Facts): string {
  return facts
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `${name}: ${value ?? ""}\n`)
    .join("");
}

function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
