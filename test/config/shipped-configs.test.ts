import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { type KeyFacts, listKeys } from "../../src/config/keys.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { kindSchema, sectionsSchema } from "../../src/config/schema.ts";
import { KINDS } from "../../src/probes/index.ts";
import type { Kind } from "../../src/probes/kind.ts";
import { probeContext } from "../support/probe-context.ts";
import { shortestGapSeconds, validateSchedule } from "../../src/scheduler/schedule.ts";

const DIRECTORY = resolve(import.meta.dirname, "../../config");
const FILES = readdirSync(DIRECTORY, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".yml") && file !== "web-config.yml",
);
const DEFAULT = readFileSync(resolve(DIRECTORY, "cudaprobe.yml"), "utf8");

/** The default with its commented keys switched on: what it says the defaults are. */
const SPELT_OUT = spellOut(DEFAULT);

function spellOut(text: string): string {
  return text.replaceAll(/^( *)# ([a-z_]+: .*)$/gm, "$1$2");
}

function parse(text: string): Config {
  const parsed = parseConfig({ file: "cudaprobe.yml", text, kinds: KINDS, validateSchedule });
  if (!parsed.ok) throw new Error(parsed.error.map((problem) => formatProblem(problem)).join("\n"));
  return { ...parsed.value, text: "" };
}

function names(keys: readonly KeyFacts[]): readonly string[] {
  return keys.map(({ key }) => key);
}

describe("the configs that are shipped", () => {
  it("are the default and some examples", () => {
    expect(FILES).toContain("cudaprobe.yml");
    expect(FILES.filter((file) => file.startsWith("examples/")).length).toBeGreaterThan(1);
  });

  it.each(FILES)("are without a mistake: %s", async (file) => {
    const path = resolve(DIRECTORY, file);
    const loaded = await loadConfig({ file: path, kinds: KINDS, validateSchedule });
    expect(loaded.ok ? [] : loaded.error).toEqual([]);
    expect(loaded.ok && loaded.value.probes.length).toBeGreaterThan(0);
  });
});

describe("the default config", () => {
  it("measures cold starts every minute, footprints and data passing every 10 minutes and lists memory every 15 s", () => {
    expect(parse(DEFAULT).probes).toMatchObject([
      { name: "cold_start", kind: { name: "cold_start" }, schedule: "* * * * *", gpus: "all" },
      { name: "process_memory", kind: { name: "process_memory" }, schedule: "*/15 * * * * *" },
      {
        name: "footprint",
        kind: { name: "footprint" },
        schedule: "*/10 * * * *",
        gpus: "all",
      },
      {
        kind: { name: "function_ipc" },
        measurement: { infoLabels: { mechanism: "shm", memory: "pinned" } },
        schedule: "*/10 * * * *",
        gpus: "all",
      },
      {
        kind: { name: "cuda_ipc" },
        measurement: { infoLabels: { mechanism: "legacy" } },
        schedule: "*/10 * * * *",
        gpus: "all",
      },
    ]);
  });

  it("says of every key what its default is, and that is the default", () => {
    const real = parse(DEFAULT);
    const said = parse(SPELT_OUT);
    // There is no pause file by default; what it says is where one would be.
    expect({ ...said.gates, pauseFile: undefined }).toEqual(real.gates);
    expect(said.limits).toEqual(real.limits);
    expect(said.driver.refreshSeconds).toBe(real.driver.refreshSeconds);
    expect(said.driver.timeoutSeconds).toBe(real.driver.timeoutSeconds);
    expect(said.probes.map(({ timeoutSeconds }) => timeoutSeconds)).toEqual(
      real.probes.map(({ timeoutSeconds }) => timeoutSeconds),
    );
    expect(said.probes.map(({ gpus }) => gpus)).toEqual(real.probes.map(({ gpus }) => gpus));
  });

  it("says what a kind's options are by default", () => {
    const context = probeContext({ gpuUuid: "GPU-a" });
    const options = (config: Config) =>
      config.probes.map(({ measurement }) => ({
        args: measurement.args(context),
        env: measurement.env(context),
        info: measurement.infoLabels,
        cache: measurement.cache,
      }));
    expect(options(parse(SPELT_OUT))).toEqual(options(parse(DEFAULT)));
  });

  it("says what a left out jitter and left out libraries come to", () => {
    const { probes, driver } = parse(SPELT_OUT);
    expect(probes.map(({ jitterSeconds }) => jitterSeconds)).toEqual(
      probes.map(({ schedule }) => shortestGapSeconds(schedule) / 10),
    );
    const descriptions = listKeys(sectionsSchema(validateSchedule)).flatMap(({ keys }) => keys);
    for (const [key, library] of Object.entries({
      libcuda: driver.libcuda,
      libnvidia_ml: driver.libnvidiaMl,
    })) {
      const facts = descriptions.find((other) => other.key === key);
      expect(facts?.description).toContain(`Without it \`${String(library)}\``);
    }
  });

  it.each(listKeys(sectionsSchema(validateSchedule)))("has every key of $key", ({ key, keys }) => {
    expect(SPELT_OUT).toMatch(new RegExp(`^${key}:`, "m"));
    for (const name of names(keys)) expect(SPELT_OUT).toMatch(new RegExp(`^  ${name}:`, "m"));
  });
});

describe("the default config, or an example of what it leaves out,", () => {
  const texts = FILES.map((file) => spellOut(readFileSync(resolve(DIRECTORY, file), "utf8")));

  it.each(KINDS)("has every key of the kind $name, with its default where it has one", (kind) => {
    const keys = listKeys(kindSchema(kind, validateSchedule));
    const missing = texts
      .flatMap((text) => probesOf(kind, text))
      .map((probe) => keys.filter((facts) => !isSpeltOut(facts, probe)));
    expect(missing).toContainEqual([]);
  });
});

/** Whether a line of a probe has the key, and its default where there is one. */
function isSpeltOut({ key, fallback }: KeyFacts, probe: string): boolean {
  const lines = probe.split("\n").map((line) => line.trim());
  if (fallback !== undefined) return lines.includes(`${key}: ${fallback}`);
  return lines.some((line) => line.startsWith(`${key}:`));
}

/** The entries of the list of probes that are of a kind. */
function probesOf({ name }: Kind, text: string): readonly string[] {
  const entry = new RegExp(`  - name: \\w+\\n    kind: ${name}\\n(?:    .*\\n|\\n)*`, "g");
  return [...text.matchAll(entry)].map(([probe]) => probe.replace("-", " "));
}
