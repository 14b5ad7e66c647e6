import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { constantFrom, nat, property, record, subarray } from "fast-check";
import { describe, expect, test } from "vitest";
import { parse as parseYaml, stringify } from "yaml";
import type { Config } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { fuzz, FUZZ_LIMIT_MS, watched } from "./fuzz.ts";
import { mutated } from "./mutations.ts";
import { faultsOfProblems } from "./problems.ts";

const FILE = "cudaprobe.yml";
const folder = resolve(import.meta.dirname, "../../config");
const examples = readdirSync(`${folder}/examples`).map((name) => read(`examples/${name}`));
const shipped = read("cudaprobe.yml");

function check(text: string): void {
  expect(faultsOf(text)).toEqual([]);
}

describe("a config that is nearly one of those that are shipped", () => {
  test(
    "is taken, or refused with places inside the file, at once, and every time the same",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(property(mutated(examples), check));
      fuzz(property(mutated([shipped]), check), 0.03);
    },
  );
});

describe("a valid config", () => {
  const values = record({
    text: constantFrom(...examples),
    freeMiB: nat(1_000_000),
    history: nat(999).map((count) => count + 1),
    refreshSeconds: nat(3599).map((count) => count + 1),
    names: subarray(["a", "b_2", "constructor", "tostring", "z".repeat(300)], { minLength: 1 }),
    indent: constantFrom(1, 2, 7),
    style: constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  });

  test(
    "is the same however it is printed, and says what was written",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(
        property(values, ({ text, names, indent, style, ...numbers }) => {
          const value = vary(text, { names, ...numbers });
          const printed = stringify(value, { indent, defaultStringType: style });
          const config = load(printed);
          expect(describeConfig(load(JSON.stringify(value)))).toBe(describeConfig(config));
          expect(config.gates.minFreeMemoryBytes).toBe(numbers.freeMiB * 2 ** 20);
          expect(config.limits.history).toBe(numbers.history);
          expect(config.driver.refreshSeconds).toBe(numbers.refreshSeconds);
          expect(config.probes.map(({ name }) => name)).toEqual(
            names.slice(0, config.probes.length),
          );
        }),
        0.15,
      );
    },
  );
});

interface Variation {
  readonly freeMiB: number;
  readonly history: number;
  readonly refreshSeconds: number;
  readonly names: readonly string[];
}

/** The example with other values, and no more probes than there are names. */
function vary(text: string, { freeMiB, history, refreshSeconds, names }: Variation): object {
  const value: { probes: { name: string }[] } = parseYaml(text);
  const probes = value.probes.slice(0, names.length);
  return {
    ...value,
    probes: probes.map((probe, index) => ({ ...probe, name: names[index] })),
    gates: { min_free_memory: `${freeMiB}MiB`, max_gpu_utilization: "55.5%" },
    limits: { history },
    driver: { refresh: `${refreshSeconds}s` },
  };
}

function read(name: string): string {
  return readFileSync(`${folder}/${name}`, "utf8");
}

function parse(text: string): ReturnType<typeof parseConfig> {
  return parseConfig({ file: FILE, text, kinds: KINDS, validateSchedule });
}

function load(text: string): Config {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function faultsOf(text: string): readonly string[] {
  const parsed = watched(() => parse(text));
  if (!parsed.ok) {
    const again = parse(text);
    const isSame = !again.ok && JSON.stringify(again.error) === JSON.stringify(parsed.error);
    const faults = faultsOfProblems(parsed.error, { file: FILE, text });
    return isSame ? faults : [...faults, "not the same problems twice"];
  }
  return faultsOfConfig(parsed.value);
}

function faultsOfConfig({ probes, gates, limits, driver }: Config): readonly string[] {
  const { quietHours, pauseFile: _, ...floors } = gates;
  const windows = quietHours.map(({ durationSeconds }) => durationSeconds);
  const numbers = [
    ...Object.values(floors),
    ...windows,
    ...Object.values(limits),
    driver.refreshSeconds,
  ];
  const seconds = probes.flatMap(({ timeoutSeconds, jitterSeconds = 0 }) => [
    timeoutSeconds,
    jitterSeconds,
  ]);
  const faults = {
    "a name twice": new Set(probes.map(({ name }) => name)).size !== probes.length,
    "a name that is no label": !probes.every(({ name }) => /^[a-z][a-z0-9_]*$/.test(name)),
    "a number that is none": ![...numbers, ...seconds].every((number) => Number.isFinite(number)),
    "a timeout without an end": !probes.every(({ timeoutSeconds }) => timeoutSeconds <= 3600),
    "a schedule that is none": !probes.every(
      ({ schedule }) => validateSchedule(schedule) === undefined,
    ),
  };
  return Object.entries(faults).flatMap(([fault, found]) => (found ? [fault] : []));
}

/** All of a config that is data, without the text that it was read from. */
function describeConfig(config: Config): string {
  return JSON.stringify({ ...config, text: undefined });
}
