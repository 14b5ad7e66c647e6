import { parse, stringify } from "node:querystring";
import { constantFrom, integer, oneof, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { makeTargets } from "../../src/config/targets.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { findTarget } from "../../src/http/find-target.ts";
import { parseProbeRequest } from "../../src/http/probe-request.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { device } from "../config/fixtures.ts";
import { fuzz, FUZZ_LIMIT_MS, watched } from "./fuzz.ts";
import { mutated } from "./mutations.ts";

const CONFIG = `probes:
  - { name: cold, kind: cold_start, schedule: "* * * * *" }
  - { name: engine, kind: cold_start, runtime: command, argv: [/bin/true], phases: [import, first_inference], schedule: "* * * * *" }
  - { name: constructor, kind: cold_start, schedule: "* * * * *" }
  - { name: who, kind: process_memory, schedule: "* * * * *" }
`;
const GPUS = [
  "GPU-01234567-89ab-cdef-0123-456789abcdef",
  "GPU-01234567-0000-cdef-0123-456789abcdef",
];
const devices = GPUS.map((uuid, index) => device(index, uuid));
const targets = makeTargets(load(CONFIG), devices);

const QUERIES = [
  "probe=cold&gpu=0",
  "probe=cold&gpu=1&debug=true",
  `probe=cold&gpu=${GPUS[0] ?? ""}`,
  "probe=cold&gpu=GPU-01234567",
  "probe=engine&gpu=0",
  "probe=constructor&gpu=1",
  "probe=who",
  "probe=cold&probe=who",
  "probe=__proto__&gpu=constructor",
  "probe[]=cold&gpu[0]=0&__proto__[x]=1",
];
const timeouts = oneof(
  constantFrom(undefined, "10", "0.5", "1e3", "-1", "Infinity", "9".repeat(400), "0x10", " 1"),
  string({ unit: "binary", maxLength: 8 }),
);

describe("a query of /probe that is nearly one of those that are answered", () => {
  test(
    "names a target of the config that requests may run, or is refused in few words",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(
        property(mutated(QUERIES), timeouts, (query, timeout) => {
          expect(faultsOf(query, timeout)).toEqual([]);
        }),
      );
    },
  );
});

describe("a query of /probe", () => {
  const asked = record({
    probe: string({ unit: "binary", maxLength: 20 }),
    gpu: oneof(integer({ min: 0, max: 999 }), constantFrom(...GPUS, "MIG-0", "GPU-0")),
    debug: constantFrom("true", "false"),
  });

  test("is read as what it was made of", { timeout: FUZZ_LIMIT_MS }, () => {
    fuzz(
      property(asked, ({ probe, gpu, debug }) => {
        const parsed = parseProbeRequest(parse(stringify({ probe, gpu, debug })), undefined);
        const wellFormed = Buffer.from(probe).toString();
        expect(parsed.ok && parsed.value).toEqual({
          probe: wellFormed,
          gpu,
          debug: debug === "true",
          limitSeconds: undefined,
        });
      }),
    );
  });
});

function load(text: string): Parameters<typeof makeTargets>[0] {
  const parsed = parseConfig({ file: "c.yml", text, kinds: KINDS, validateSchedule });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function faultsOf(query: string, timeout: string | undefined): readonly string[] {
  const parsed = watched(() => parseProbeRequest(parse(query), timeout));
  if (!parsed.ok) return parsed.error.length < 1000 ? [] : ["too many words"];
  const { gpu = 0, limitSeconds = 1 } = parsed.value;
  const found = findTarget(parsed.value, targets);
  const name = found.ok ? found.value.probe.name : parsed.value.probe;
  const faults = {
    "a GPU that is none": !/^(?:\d{1,9}|(?:GPU|MIG)-.+)$/.test(String(gpu)),
    "a limit that is none": !(Number.isFinite(limitSeconds) && limitSeconds > 0),
    "a target that is not of the config": found.ok && !targets.includes(found.value),
    "another probe": name !== parsed.value.probe,
    "a program of the config's own": found.ok && name === "engine",
    "a refusal without words": !found.ok && found.error.message === "",
  };
  return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [fault] : []));
}
