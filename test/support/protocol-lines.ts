import { createFold } from "../../src/protocol/fold.ts";
import type { Report } from "../../src/protocol/report.ts";

/** One line of each form that docs/protocol.md has, as objects. */
export const VALID_LINES = [
  { type: "spawned", instance: 0, at_seconds: 10.000000001, pid: 4711 },
  { type: "released", instance: 0, at_seconds: 10.01 },
  {
    type: "reaped",
    instance: 0,
    at_seconds: 11,
    pid: 4711,
    exit_code: 0,
    cpu_seconds: 0.25,
    major_faults: 3,
    max_rss_bytes: 1048576,
  },
  {
    type: "reaped",
    instance: 1,
    at_seconds: 11,
    pid: 4712,
    signal: 11,
    cpu_seconds: 0,
    major_faults: 0,
    max_rss_bytes: 0,
  },
  { type: "hello", instance: 0, protocol: 1, probe: "cold_start", pid: 4711, build: "0.1.0" },
  { type: "begin", instance: 0, phase: "init", at_seconds: 10.1 },
  { type: "end", instance: 0, phase: "init", at_seconds: 10.2 },
  {
    type: "end",
    instance: 0,
    phase: "init",
    at_seconds: 10.2,
    began_at_seconds: 10.15,
    cpu_seconds: 0.01,
    major_faults: 2,
  },
  { type: "sample", instance: 0, name: "bytes", value: -1.5e-3 },
  { type: "sample", instance: 0, name: "driver_info", value: 1, labels: { backend: "nvidia" } },
  { type: "sample", instance: 0, name: "driver_info", value: 1, labels: {} },
  { type: "result", instance: 0, outcome: "success" },
  { type: "result", instance: 0, outcome: "skipped", reason: "compute_mode" },
  {
    type: "result",
    instance: 0,
    outcome: "failure",
    reason: "oom",
    phase: "allocate",
    code: "CUDA_ERROR_OUT_OF_MEMORY",
    message: "no room for 2 MiB",
  },
] as const;

type Fields = Readonly<Record<string, unknown>>;

/** A line's text. */
export function text(line: Fields): string {
  return JSON.stringify(line);
}

const HELLO: Fields = { protocol: 1, probe: "p", pid: 4711, build: "b" };

/** The lines of an instance that runs alone, short enough to read in a test. */
export const say = {
  spawned: (at: number, more: Fields = {}): string =>
    text({ type: "spawned", instance: 0, at_seconds: at, pid: 4711, ...more }),
  released: (at: number, more: Fields = {}): string =>
    text({ type: "released", instance: 0, at_seconds: at, ...more }),
  reaped: (at: number, more: Fields = { exit_code: 0 }): string =>
    text({
      type: "reaped",
      instance: 0,
      at_seconds: at,
      pid: 4711,
      cpu_seconds: 0.5,
      major_faults: 7,
      max_rss_bytes: 4096,
      ...more,
    }),
  hello: (more: Fields = {}): string => text({ type: "hello", instance: 0, ...HELLO, ...more }),
  begin: (phase: string, at: number, more: Fields = {}): string =>
    text({ type: "begin", instance: 0, phase, at_seconds: at, ...more }),
  end: (phase: string, at: number, more: Fields = {}): string =>
    text({ type: "end", instance: 0, phase, at_seconds: at, ...more }),
  sample: (name: string, value: number, more: Fields = {}): string =>
    text({ type: "sample", instance: 0, name, value, ...more }),
  success: (more: Fields = {}): string =>
    text({ type: "result", instance: 0, outcome: "success", ...more }),
  failure: (more: Fields = {}): string =>
    text({ type: "result", instance: 0, outcome: "failure", reason: "oom", ...more }),
};

/** A run that has nothing to complain about, line by line. */
export const STORY = [
  say.spawned(10),
  say.hello(),
  say.end("spawn", 10.25, { cpu_seconds: 0.125, major_faults: 4 }),
  say.begin("init", 10.5),
  say.end("init", 11, { began_at_seconds: 10.75, cpu_seconds: 0.25, major_faults: 1 }),
  say.sample("bytes", 4096),
  say.begin("context", 11),
  say.sample("module_loading", 1, { labels: { mode: "lazy" } }),
  say.end("context", 12),
  say.success(),
  say.reaped(12.5),
];

/** The report of lines in their order. */
export function foldLines(lines: readonly string[], instances?: number): Report {
  const fold = createFold(instances);
  for (const line of lines) fold.push(line);
  return fold.report();
}
