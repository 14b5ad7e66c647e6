import { WITHOUT_COMPILING } from "../base/without-compiling.ts";
import type { Kind } from "../probes/kind.ts";
import type { ProbeConfig } from "./config.ts";
import { describeUnknown, findMistakes, type Mistake, show } from "./mistakes.ts";
import { findPythonMistakes, nameInterpreter, readPythons, type Pythons } from "./pythons.ts";
import { kindlessSchema, kindSchema, type ProbeSchema, type ValidateSchedule } from "./schema.ts";

/** The kinds that there are, and the judge of schedules. */
export interface ProbeRules {
  readonly kinds: readonly Kind[];
  readonly validateSchedule: ValidateSchedule;
}

/** What is wrong with the probes of a config's raw value, each with its path in the whole. */
export function findProbeMistakes(value: unknown, rules: ProbeRules): readonly Mistake[] {
  const probes = get(value, "probes");
  if (!Array.isArray(probes)) return [];
  const entries: readonly unknown[] = probes;
  const pythons = readPythons(get(get(value, "frameworks"), "python"));
  return [
    ...entries.flatMap((probe, index) =>
      checkProbe(probe, { ...rules, pythons }).map(({ path, message }) => ({
        path: ["probes", index, ...path],
        message,
      })),
    ),
    ...findRepeatedNames(entries),
    ...findRepeatedHosts(entries, rules),
  ];
}

/** The probe that a raw value without mistakes describes; `common` is made once for all of them. */
export function makeProbe(
  value: unknown,
  rules: NamingRules & { readonly common: ProbeSchema },
): ProbeConfig {
  const kind = findKind(value, rules.kinds);
  if (kind === undefined || !isObject(value)) throw new Error(UNCHECKED);
  const options = nameInterpreter(kind, value, rules.pythons);
  if (!options.ok) throw new Error(UNCHECKED);
  const measurement = kind.measurement(options.value);
  const { name, schedule, jitter, timeout, gpus } = rules.common.parse(value, WITHOUT_COMPILING);
  return {
    name,
    kind,
    measurement,
    schedule,
    jitterSeconds: jitter,
    timeoutSeconds: timeout ?? measurement.timeoutSeconds ?? kind.defaultTimeoutSeconds,
    gpus,
    settings: describeSettings(options.value),
  };
}

/** The order in which its keys are written says nothing. */
function describeSettings(options: object): string {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(options);
  return JSON.stringify(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** With the interpreters that the whole config names. */
type NamingRules = ProbeRules & { readonly pythons: Pythons };

const UNCHECKED = "makeProbe needs a probe that findProbeMistakes accepts";

function checkProbe(probe: unknown, rules: NamingRules): readonly Mistake[] {
  const kind = findKind(probe, rules.kinds);
  if (kind !== undefined && isObject(probe)) return checkKnown(kind, probe, rules);
  if (!isObject(probe) || Array.isArray(probe)) {
    return [{ path: [], message: "a probe must be a mapping with name, kind and schedule" }];
  }
  const known = rules.kinds.map(({ name }) => name);
  const named = get(probe, "kind");
  const message =
    named === undefined || named === null
      ? `is required: one of ${known.join(", ")}`
      : describeUnknown({ word: show(named), what: "kind", known });
  return [
    { path: ["kind"], message },
    ...findMistakes(kindlessSchema(rules.validateSchedule), probe),
  ];
}

/** What does not go together is told of options that are right by themselves. */
function checkKnown(kind: Kind, probe: object, rules: NamingRules): readonly Mistake[] {
  const mistakes = findMistakes(kindSchema(kind, rules.validateSchedule), probe);
  if (mistakes.length > 0) return mistakes;
  return [
    ...kind.findMistakes(probe).map(({ key, message }) => ({ path: [key], message })),
    ...findPythonMistakes(kind, probe, rules.pythons),
  ];
}

function findKind(probe: unknown, kinds: readonly Kind[]): Kind | undefined {
  const name = get(probe, "kind");
  return kinds.find((kind) => kind.name === name);
}

function findRepeatedNames(probes: readonly unknown[]): readonly Mistake[] {
  const names = probes.map((probe) => get(probe, "name"));
  const firsts = findFirsts(names);
  return names.flatMap((name, index) => {
    const first = firsts.get(name);
    if (name === undefined || first === index) return [];
    const message = `"${show(name)}" is the name of probes[${String(first)}] already: names are unique`;
    return [{ path: ["probes", index, "name"], message }];
  });
}

/** Two probes that look at the whole host would write the same series, and remove each other's. */
function findRepeatedHosts(probes: readonly unknown[], { kinds }: ProbeRules): readonly Mistake[] {
  const found = probes.map((probe) => findKind(probe, kinds));
  const firsts = findFirsts(found);
  return found.flatMap((kind, index) => {
    const first = firsts.get(kind);
    if (kind?.scope !== "host" || first === index) return [];
    const message = `probes[${String(first)}] looks at the whole host already: one ${kind.name} is enough`;
    return [{ path: ["probes", index, "kind"], message }];
  });
}

/** Where each value comes first. */
function findFirsts<Value>(values: readonly Value[]): ReadonlyMap<Value, number> {
  const indexed = values.map((value, index) => [value, index] as const);
  return new Map(indexed.toReversed());
}

function get(value: unknown, key: string): unknown {
  return isObject(value) ? Reflect.get(value, key) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
