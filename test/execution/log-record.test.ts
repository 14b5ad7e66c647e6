import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/base/logger.ts";
import { runId } from "../../src/history/run-id.ts";
import type { RunRecord } from "../../src/history/record.ts";
import { logRecord } from "../../src/execution/log-record.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../metrics/records.ts";
import { parseLogfmt } from "../support/parse-logfmt.ts";
import { createClock } from "../support/still-clock.ts";

const target = makeTarget(3);

function run(end: Partial<RunEnd>): RunRecord {
  return makeRun(target, createClock(), end);
}

/** The lines of these records in either format, each as an object without its stamp and caller. */
function log(
  format: "logfmt" | "json",
  level: "debug" | "info",
  ...records: readonly RunRecord[]
): readonly object[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ level, format, destination });
  for (const record of records) logRecord(logger, record);
  const parse = format === "json" ? parseJson : parseLogfmt;
  return lines.map((line) => {
    const { ts: _, caller: __, ...fields } = { ts: "", caller: "", ...parse(line.trimEnd()) };
    return fields;
  });
}

function parseJson(line: string): object {
  const fields: object = JSON.parse(line);
  return fields;
}

const FAILURE = {
  outcome: "failure",
  reason: "oom",
  phase: "allocate",
  code: "CUDA_ERROR_OUT_OF_MEMORY",
  message: "no memory is left",
  stderr: "much\nearlier\nthe last words\n",
} as const;

describe.each(["logfmt", "json"] as const)("the log of runs, as %s", (format) => {
  it("has a warning for a failure, with all that tells it from others", () => {
    const record = makeRun(target, createClock(), FAILURE);
    expect(log(format, "info", record)).toEqual([
      {
        level: "warn",
        msg: "run failed",
        probe: "cold_start",
        gpu: format === "json" ? 3 : "3",
        run_id: runId(record),
        outcome: "failure",
        reason: "oom",
        phase: "allocate",
        code: "CUDA_ERROR_OUT_OF_MEMORY",
        why: "no memory is left",
        stderr: "the last words",
      },
    ]);
  });

  it("has a reason for what has none of its own, and nothing of what is not known", () => {
    const [fields = {}] = log(format, "info", makeTimeout(target, createClock()));
    expect(fields).toMatchObject({ outcome: "timeout", reason: "timeout" });
    expect(Object.values(fields)).not.toContain("");
    expect(Object.keys(fields)).not.toContain("code");
  });

  it("tells of success and of what was left out at debug alone", () => {
    const clock = createClock();
    const records = [makeRun(target, clock, {}), makeSkip(target, clock)];
    expect(log(format, "info", ...records)).toEqual([]);
    expect(log(format, "debug", ...records)).toMatchObject([
      { level: "debug", msg: "run succeeded" },
      { level: "debug", msg: "run left out" },
    ]);
  });

  it("has a line a failure, however often it repeats", () => {
    const records = Array.from({ length: 60 }, () => run(FAILURE));
    expect(log(format, "info", ...records)).toHaveLength(60);
  });

  it("names a MIG instance by its UUID", () => {
    const device = { gpu: 0, gpuUuid: "GPU-1", migUuid: "MIG-1", name: "a" };
    const record = makeRun({ ...target, device }, createClock(), FAILURE);
    expect(log(format, "info", record)).toMatchObject([{ mig_uuid: "MIG-1" }]);
  });

  it("cuts the last line of standard error", () => {
    const [fields = {}] = log(format, "info", run({ ...FAILURE, stderr: "x".repeat(70_000) }));
    expect(fields).toMatchObject({ stderr: `${"x".repeat(1024)}…` });
  });

  it("has what was said as it was said, in a line, whatever it was", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom(...Array.from('\n\r\t "=\\\u001B\u009B\u2028')) }),
    );
    fc.assert(
      fc.property(anyText, anyText, (message, code) => {
        const logged = log(format, "info", run({ ...FAILURE, message, code }));
        expect(logged).toMatchObject([{ why: message, code, msg: "run failed" }]);
      }),
    );
  });
});
