import { describe, expect, it } from "vitest";
import { z } from "zod";
import { viewPast } from "../../src/commands/past-view.ts";
import { createHistory } from "../../src/history/history.ts";
import type { RunRecord } from "../../src/history/record.ts";
import { createSeries } from "../../src/history/series.ts";
import type { StatusView } from "../../src/http/status.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";
import { createTestLogger, EMPTY_STATUS, makeModules, serve } from "./modules.ts";

const clock = createClock();
const FIRST = makeTarget(0);
const SECOND = makeTarget(1, { name: "other" });

const targets = () => [FIRST, SECOND];
const EMULATED: StatusView = { ...EMPTY_STATUS, backend: "emulator" };

const runSchema = z.looseObject({
  reason: z.string().optional(),
  phases: z.array(z.unknown()),
});
const failureSchema = runSchema.extend({ transcript: z.string(), stderr: z.string() });
const answerSchema = z.looseObject({
  runs: z.array(runSchema),
  failures: z.array(failureSchema),
});

/** What `/api/runs` says of these records. */
async function ask(query: string, records: readonly RunRecord[]) {
  const history = createHistory({ limit: 50 });
  for (const record of records) history.add(record);
  const past = viewPast({ history, series: createSeries({ clock }), targets });
  const modules = { past, status: () => EMULATED };
  const { url, close } = await serve(makeModules(createTestLogger().logger, modules));
  const response = await fetch(`${url}/api/runs${query}`);
  const text = await response.text();
  await close();
  const json = response.ok ? answerSchema.parse(JSON.parse(text)) : undefined;
  return { response, text, json };
}

const RECORDS = [
  makeRun(FIRST, clock),
  makeTimeout(SECOND, clock),
  makeSkip(FIRST, clock),
  makeRun(SECOND, clock, {
    outcome: "failure",
    reason: "oom",
    phase: "allocate",
    code: "CUDA_ERROR_OUT_OF_MEMORY",
    message: "64 MiB were asked for",
    transcript: ["x".repeat(5000), '{"type":"result"}'],
    stderr: `${"é".repeat(3000)}the end`,
  }),
];

describe("/api/runs", () => {
  it("says what it is, of when, and that its figures are emulated", async () => {
    const { response, json } = await ask("", []);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(json).toEqual({
      schema: "cudaprobe-runs/1",
      at_seconds: EMPTY_STATUS.atSeconds,
      backend: "emulator",
      runs: [],
      failures: [],
    });
  });

  it("has a good run with its times and phases", async () => {
    const { json } = await ask("", [makeRun(FIRST, clock)]);
    const [run] = json?.runs ?? [];
    expect(run).toMatchObject({
      run_id: expect.stringMatching(/^[0-9a-z]{9,}$/),
      probe: "cold_start",
      kind: "cold_start",
      gpu: 0,
      gpu_uuid: "GPU-00000000",
      outcome: "success",
      ended_at_seconds: clock.wallSeconds(),
      started_at_seconds: clock.wallSeconds() - 0.25,
      duration_seconds: 0.25,
      time_to_first_result_seconds: 0.1665,
      cache_miss: false,
    });
    expect(run?.phases).toHaveLength(9);
    expect(run?.phases[2]).toEqual({ instance: 0, phase: "init", duration_seconds: 0.1 });
    for (const key of ["reason", "phase", "code", "message", "transcript", "stderr"]) {
      expect(run).not.toHaveProperty(key);
    }
  });

  it("has a skipped run with its reason, without an id and without times that it has not", async () => {
    const { json } = await ask("", [makeSkip(FIRST, clock)]);
    expect(json?.runs).toEqual([
      {
        probe: "cold_start",
        kind: "cold_start",
        gpu: 0,
        gpu_uuid: "GPU-00000000",
        mig_uuid: "",
        outcome: "skipped",
        reason: "memory_floor",
        message: "1 GiB is free, under the floor of 2 GiB",
        ended_at_seconds: clock.wallSeconds(),
        phases: [],
      },
    ]);
    expect(json?.failures).toEqual([]);
  });

  it("has failures apart, with the end of what they printed and no time to a result", async () => {
    const { json } = await ask("", RECORDS);
    expect(json?.runs).toHaveLength(4);
    expect(json?.failures).toHaveLength(2);
    const [failure] = json?.failures.filter(({ reason }) => reason === "oom") ?? [];
    expect(failure).toMatchObject({
      outcome: "failure",
      code: "CUDA_ERROR_OUT_OF_MEMORY",
      transcript: expect.stringMatching(/^x+\n\{"type":"result"\}$/),
      stderr: expect.stringMatching(/^é+the end$/),
    });
    expect(failure).not.toHaveProperty("time_to_first_result_seconds");
    const { transcript, stderr } = failureSchema.parse(failure);
    for (const text of [transcript, stderr]) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
      expect(Buffer.byteLength(text)).toBeGreaterThan(4090);
    }
  });

  it.each([
    ["?probe=other", 2, 2],
    ["?probe=nobody", 0, 0],
    ["?gpu=0", 2, 0],
    ["?gpu=GPU-00000001", 2, 2],
    ["?outcome=timeout", 1, 1],
    ["?outcome=skipped", 1, 0],
    ["?outcome=success&gpu=1", 0, 0],
    ["?limit=1", 1, 1],
  ])("with %s tells of those alone", async (query, runs, failures) => {
    const { json } = await ask(query, RECORDS);
    expect(json?.runs.length).toBe(runs);
    expect(json?.failures.length).toBe(failures);
  });

  it.each([
    ["?gpus=0", "unknown parameter gpus: there are probe, gpu, outcome, limit"],
    ["?limit=0", "limit: has to be a number from 1 to 100"],
    ["?limit=101", "limit: has to be a number from 1 to 100"],
    ["?limit=ten", "limit: has to be a number from 1 to 100"],
    ["?outcome=bad", "outcome: has to be one of not_started, hung, timeout,"],
    ["?probe=a&probe=b", "probe: may be given once only"],
    ["?limit=1&limit=2", "limit: may be given once only"],
    ["?gpu=", "gpu: may not be empty"],
  ])("refuses %s with a message", async (query, message) => {
    const { response, text } = await ask(query, RECORDS);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(text).toContain(message);
  });
});
