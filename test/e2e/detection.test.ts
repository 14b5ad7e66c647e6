import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const script = resolve(import.meta.dirname, "../../scripts/detection.js");

interface Found {
  readonly shift: number;
  readonly found: number;
  readonly worstHours?: number;
}

test(
  "a replay finds regressions in quiet noise, and nothing where there is none",
  async () => {
    const flags = ["--series=1", "--days=1", "--noises=quiet", "--json"];
    const { stdout } = await run(process.execPath, [script, ...flags]);
    const [quiet]: readonly { readonly falseAlarms: unknown; readonly found: readonly Found[] }[] =
      JSON.parse(stdout);
    expect(quiet?.falseAlarms).toEqual([]);
    const hours = new Map(quiet?.found.map(({ shift, worstHours }) => [shift, worstHours]));
    expect(hours.get(1.25)).toBeLessThan(6);
    expect(hours.get(1.5)).toBeLessThan(2.5);
  },
  // Two weeks of a Prometheus, minute by minute.
  180_000,
);
