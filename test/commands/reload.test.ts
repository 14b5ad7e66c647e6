import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { createLogger } from "../../src/base/logger.ts";
import { fail, ok, type Result } from "../../src/base/result.ts";
import { createReload, type ReloadResult } from "../../src/commands/reload.ts";
import type { Config, ConfigProblem } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { KINDS } from "../../src/probes/index.ts";

function config(text: string): Config {
  const source = { file: "a.yml", text, kinds: KINDS, validateSchedule: () => undefined };
  const parsed = parseConfig(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const BEFORE = config("probes: []\n");
const PROBLEM: ConfigProblem = { file: "a.yml", line: 3, column: 1, key: "probes", message: "no" };

interface Outcome {
  readonly result: ReloadResult;
  readonly successes: readonly boolean[];
  readonly replaced: readonly Config[];
  readonly log: string;
}

async function reload(
  loaded: Result<Config, readonly ConfigProblem[]>,
  refusal?: ConfigProblem,
): Promise<Outcome> {
  const successes: boolean[] = [];
  const replaced: Config[] = [];
  const told: string[] = [];
  let log = "";
  const logger = createLogger({
    level: "info",
    format: "logfmt",
    destination: { write: (line) => (log += line) },
  });
  const result = await createReload({
    clock: systemClock,
    logger,
    read: async () => Promise.resolve(loaded),
    manager: { reloading: () => told.push("reloading"), reloaded: () => told.push("reloaded") },
    metrics: { setReload: ({ successful }) => successes.push(successful) },
    daemon: {
      config: () => BEFORE,
      replaceConfig: (next) => {
        replaced.push(next);
        return refusal === undefined ? ok(undefined) : fail([refusal]);
      },
    },
  })();
  expect(told).toEqual(["reloading", "reloaded"]);
  return { result, successes, replaced, log };
}

describe("a reload", () => {
  it("takes over a file that changed", async () => {
    const after = config("probes: [] # changed\n");
    expect(await reload(ok(after))).toMatchObject({
      result: ok("reloaded"),
      successes: [true],
      replaced: [after],
    });
  });

  it("is a success that changes nothing when the text is the same", async () => {
    expect(await reload(ok(BEFORE))).toMatchObject({
      result: ok("unchanged"),
      successes: [true],
      replaced: [],
    });
  });

  it("keeps the old config when the file is bad, and logs where", async () => {
    const outcome = await reload(fail([PROBLEM]));
    expect(outcome).toMatchObject({ result: fail([PROBLEM]), successes: [false], replaced: [] });
    expect(outcome.log).toContain("a.yml:3:1: probes: no");
  });

  it("is a failure when the daemon refuses the config", async () => {
    const outcome = await reload(ok(config("probes: [] # changed\n")), PROBLEM);
    expect(outcome).toMatchObject({ result: fail([PROBLEM]), successes: [false] });
  });

  it("says when a changed setting waits for the next start, and not otherwise", async () => {
    const moved = await reload(ok(config("probes: []\nlimits: { lane_wait: 5s }\n")));
    expect(moved.log).toContain("next start");
    const other = await reload(ok(config("probes: []\nlimits: { history: 5 }\n")));
    expect(other.log).not.toContain("next start");
  });
});
