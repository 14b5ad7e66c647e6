import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLine } from "../../src/protocol/line.ts";
import { REASONS } from "../../src/protocol/reasons.ts";
import { say, text, VALID_LINES } from "../support/protocol-lines.ts";

describe("a line of the protocol", () => {
  test.each(VALID_LINES.map((line) => [text(line), line]))(
    "%s is parsed as it is",
    (line, value) => {
      expect(parseLine(line)).toEqual({ ok: true, value });
    },
  );

  test.each(VALID_LINES.map((line) => [line.type, text(line)]))(
    "is refused with another key beside those of %s",
    (_, line) => {
      const more = `${line.slice(0, -1)},"colour":"red"}`;
      expect(parseLine(more)).toMatchObject({
        ok: false,
        error: expect.stringContaining("colour"),
      });
    },
  );

  test.each(REASONS)("may give %s as its reason", (reason) => {
    expect(parseLine(say.failure({ reason })).ok).toBe(true);
  });

  test("of 4 KiB with its end is taken, one byte more is not", () => {
    const filler = "x".repeat(4095 - say.hello({ build: "" }).length);
    expect(parseLine(say.hello({ build: filler })).ok).toBe(true);
    expect(parseLine(say.hello({ build: `${filler}x` }))).toEqual({
      ok: false,
      error: "it is over 4 KiB",
    });
  });

  test("has a message of at most 1 KiB in UTF-8", () => {
    expect(parseLine(say.failure({ message: "é".repeat(512) })).ok).toBe(true);
    expect(parseLine(say.failure({ message: "é".repeat(513) })).ok).toBe(false);
  });
});

describe("not a line of the protocol", () => {
  test.each([
    ["nothing", ""],
    ["free text", "loading the model"],
    ["half a line", '{"type":"res'],
    ["two lines in one", `${say.hello()}${say.success()}`],
    ["an array", `[${say.hello()}]`],
    ["a string", '"hello"'],
    ["null", "null"],
    ["another type", '{"type":"goodbye","instance":0}'],
    ["a type that every object inherits", '{"type":"toString","instance":0}'],
    ["no instance", '{"type":"result","outcome":"success"}'],
    ["half an instance", say.success({ instance: 0.5 })],
    ["an instance under zero", say.success({ instance: -1 })],
    ["another version", say.hello({ protocol: 2 })],
    ["a version in words", say.hello({ protocol: "1" })],
    ["infinity", say.sample("bytes", 1).replace('"value":1', '"value":1e999')],
    ["NaN", say.sample("bytes", 1).replace('"value":1', '"value":NaN')],
    ["null for a value", say.sample("bytes", Number.NaN)],
    ["a stamp in words", say.begin("init", 1, { at_seconds: "1" })],
    ["a stamp before the clock began", say.begin("init", -1)],
    ["a phase that is no name", say.begin("Init", 1)],
    ["a phase without a name", say.begin("", 1)],
    ["a label that is no text", say.sample("bytes", 1, { labels: { gpu: 0 } })],
    ["a label that is no name", say.sample("bytes", 1, { labels: { "a b": "c" } })],
    ["labels in a list", say.sample("bytes", 1, { labels: ["a"] })],
    ["a success with a reason", say.success({ reason: "oom" })],
    ["a failure without one", say.failure({ reason: undefined })],
    ["a failure with a reason of its own", say.failure({ reason: "bad_luck" })],
    ["another outcome", say.success({ outcome: "crashed" })],
    ["a null where nothing is known", say.failure({ phase: null })],
    ["reaped without its end", say.reaped(1, {})],
    ["reaped with two ends", say.reaped(1, { exit_code: 0, signal: 9 })],
    ["the group of everybody", say.spawned(1, { pid: 1 })],
    ["our own group", say.spawned(1, { pid: 0 })],
    ["a pid under zero", say.spawned(1, { pid: -4711 })],
    ["released by another than the first", say.released(1, { instance: 1 })],
    ["__proto__", '{"__proto__":{"a":1},"type":"result","instance":0,"outcome":"success"}'],
    [
      "__proto__ in disguise",
      '{"\\u005f_proto__":1,"type":"result","instance":0,"outcome":"success"}',
    ],
    ["__proto__ as a label", say.sample("a", 1).replace("}", ',"labels":{"__proto__":"x"}}')],
    ["constructor", say.success({ constructor: "x" })],
  ])("%s is refused: %s", (_, line) => {
    const parsed = parseLine(line);
    expect(parsed).toEqual({ ok: false, error: expect.any(String) });
  });

  test("says what is wrong, and where", () => {
    expect(parseLine(say.hello({ protocol: 2 }))).toEqual({
      ok: false,
      error: "this program speaks version 1 at protocol",
    });
  });
});

describe("whatever comes", () => {
  test("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json()), (line) => {
        expect(faultsOf(line)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("a valid line with a change lets through no key, type or number that is not of the protocol", () => {
    const change = fc.record({
      line: fc.constantFrom(...VALID_LINES),
      key: fc.oneof(fc.constantFrom(...KEYS), fc.string()),
      value: fc.oneof(fc.anything(), fc.constantFrom(1e308 * 10, -0, Number.NaN, 2 ** 60)),
    });
    fc.assert(
      fc.property(change, ({ line, key, value }) => {
        const own = Object.fromEntries([...Object.entries(line), [key, value]]);
        const changed = tryToStringify(own);
        expect(changed === undefined ? [] : faultsOf(changed)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("a valid line with characters lost, put in or changed is refused or stays one", () => {
    const edit = fc.record({
      line: fc.constantFrom(...VALID_LINES),
      at: fc.nat(200),
      lost: fc.nat(5),
      put: fc.string({ maxLength: 5, unit: "binary" }),
    });
    fc.assert(
      fc.property(edit, ({ line, at, lost, put }) => {
        const whole = text(line);
        expect(faultsOf(whole.slice(0, at) + put + whole.slice(at + lost))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const KEYS = [
  ...new Set(VALID_LINES.flatMap((line) => Object.keys(line))),
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
];

const KNOWN_KEYS = new Set<string>(VALID_LINES.flatMap((line) => Object.keys(line)));

/** What is wrong with the answer to a line: what was let through must be safe, a refusal must have words. */
function faultsOf(line: string): readonly string[] {
  const parsed = parseLine(line);
  if (!parsed.ok) return parsed.error === "" ? ["refused without a word"] : [];
  const { value } = parsed;
  const numbers = Object.values(value).filter((field) => typeof field === "number");
  const faults = {
    "an unknown key": Object.keys(value).some((key) => !KNOWN_KEYS.has(key)),
    "a foreign prototype": Object.getPrototypeOf(value) !== Object.prototype,
    "a number that is not finite": !numbers.every((number) => Number.isFinite(number)),
    "not what was written": !isDeepStrictEqual(value, JSON.parse(line)),
  };
  return Object.entries(faults).flatMap(([fault, found]) => (found ? [fault] : []));
}

function tryToStringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
