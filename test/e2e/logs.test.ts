import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { parseLogfmt } from "../support/parse-logfmt.ts";
import { fixture } from "../support/runs.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";
import { ONCE } from "./first-run.ts";

type Fields = Readonly<Record<string, unknown>>;

const FORMATS = ["logfmt", "json"] as const;

const PARSERS = { logfmt: parseLogfmt, json: parseJson };

function parseJson(line: string): Fields {
  const fields: Fields = JSON.parse(line);
  return fields;
}

/** All lines of a daemon whose only run is of this program of test/fixtures/probes/. */
async function logOf(
  program: string,
  format: (typeof FORMATS)[number],
  flags: readonly string[] = [],
): Promise<{ readonly lines: readonly Fields[]; readonly text: string }> {
  const argv = JSON.stringify([process.execPath, fixture(`probes/${program}`)]);
  const options = `runtime: command, argv: ${argv}, phases: [allocate]`;
  const config = `probes: [{ name: engine, kind: cold_start, schedule: "${ONCE}", ${options} }]\n`;
  await using emulator = await makeEmulator();
  const all = [`--log.format=${format}`, ...flags];
  await using daemon = await startDaemon({ config, emulator, flags: all });
  const text = await until("the end of the run", async () => {
    const scraped = await daemon.scrape();
    return value(scraped, "cudaprobe_runs_total") === 1 && scraped;
  });
  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(0);
  return { lines: daemon.log.map(PARSERS[format]), text };
}

describe.each(FORMATS)("the daemon's log as %s", (format) => {
  test("is whole lines of it, one for the failure with what a hostile probe has said", async () => {
    const { lines, text } = await logOf("fail-with-hostile-words.mjs", format);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      expect(line).toMatchObject({
        ts: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        caller: expect.stringMatching(/^[a-z-]+\.js:\d+$/),
        level: expect.stringMatching(/^(debug|info|warn|error)$/),
        msg: expect.stringMatching(/^\S/),
      });
    }
    const failed = lines.filter(({ msg }) => msg === "run failed");
    expect(value(text, "cudaprobe_run_failures_total", { reason: "oom" })).toBe(failed.length);
    expect(failed).toMatchObject([
      {
        level: "warn",
        caller: expect.stringMatching(/^log-record\.js:/),
        probe: "engine",
        gpu: format === "json" ? 0 : "0",
        phase: "allocate",
        outcome: "failure",
        reason: "oom",
        code: "CUDA_ERROR_OUT_OF_MEMORY",
        why: expect.stringContaining(
          'no "room"\nts=2020-01-01T00:00:00Z level=info msg=fine\r\u001B',
        ),
        stderr: expect.stringMatching(/^level=info msg="all is well" /),
      },
    ]);
  });

  test("tells of a run that succeeds at debug, and of nothing that is less than the level", async () => {
    const succeeded = { level: "debug", msg: "run succeeded", probe: "engine" };
    const { lines } = await logOf("succeed-in-a-phase.mjs", format);
    expect(lines).toContainEqual(expect.objectContaining(succeeded));
    const { lines: info } = await logOf("succeed-in-a-phase.mjs", format, ["--log.level=info"]);
    expect(info.map(({ level }) => level)).not.toContain("debug");
    expect(info.map(({ msg }) => msg)).toContain("listening");
  });

  test("has in each line the fields that node_exporter has, written alike", async () => {
    const theirs = await logOfNodeExporter(format);
    const { lines } = await logOf("succeed-in-a-phase.mjs", format);
    const ours = lines.find(({ msg }) => msg === "listening") ?? {};
    for (const name of ["ts", "caller", "level", "msg", "address"]) {
      expect(shape(ours[name])).toBe(shape(theirs[name]));
    }
    expect(ours["level"]).toBe(theirs["level"]);
  });
});

/** Its line that says where it listens. */
async function logOfNodeExporter(format: (typeof FORMATS)[number]): Promise<Fields> {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "web.yml");
  // It says so before it looks at the file, and ends after it.
  await writeFile(file, "nonsense: {}\n");
  const flags = [`--log.format=${format}`, `--web.config.file=${file}`];
  const address = "--web.listen-address=127.0.0.1:0";
  const options = { reject: false, stdin: "ignore", stdout: "ignore" } as const;
  const { stderr } = await execa("prometheus-node-exporter", [...flags, address], options);
  const line = stderr.split("\n").find((text) => text.includes("Listening on"));
  if (line === undefined) throw new Error(`node_exporter did not say so: ${stderr}`);
  return PARSERS[format](line);
}

/** Runs of letters and digits as one of each: `2026-11-26T…` is `9-9-9A9…`. */
function shape(text: unknown): string {
  const words = String(text)
    .replaceAll(/\d+/g, "9")
    .replaceAll(/[a-zA-Z_-]+(?=\.(js|go):)/g, "a");
  return words.replace(/\.(js|go):/, ".x:").replaceAll(/[a-zA-Z]+( [a-z]+)?/g, "A");
}
