import { fail, ok, type Result } from "../base/result.ts";
import type { Kind } from "../probes/kind.ts";
import { describeUnknown, type Mistake } from "./mistakes.ts";

/** Interpreters by name: absolute paths, or names to be found where probes look for programs. */
export type Pythons = Readonly<Record<string, string>>;

/** What there is without a word in the config. */
const GIVEN: Pythons = { default: "python3" };

/** The interpreters of the raw value of `frameworks.python`, and the one that there always is. */
export function readPythons(value: unknown): Pythons {
  if (typeof value !== "object" || value === null) return GIVEN;
  const named = Object.entries(value).flatMap(([name, path]: [string, unknown]) =>
    typeof path === "string" ? [[name, path] as const] : [],
  );
  return { ...GIVEN, ...Object.fromEntries(named) };
}

/** A probe's options with its interpreter in the place of the interpreter's name, where its kind takes one. */
export function nameInterpreter<Options extends object>(
  kind: Kind,
  options: Options,
  pythons: Pythons,
): Result<Options> {
  if (!("python" in kind.optionsShape)) return ok(options);
  const name: unknown = Reflect.get(options, "python") ?? "default";
  if (typeof name !== "string" || name.includes("/")) return ok(options);
  const python = Object.hasOwn(pythons, name) ? pythons[name] : undefined;
  return python === undefined ? fail(describeName(name, pythons)) : ok({ ...options, python });
}

function describeName(name: string, pythons: Pythons): string {
  const unknown = { word: name, what: "interpreter", known: Object.keys(pythons) };
  return `${describeUnknown(unknown)} (the names of frameworks.python), or an absolute path`;
}

/** What is wrong with the interpreter of a raw probe. */
export function findPythonMistakes(
  kind: Kind,
  probe: object,
  pythons: Pythons,
): readonly Mistake[] {
  const named = nameInterpreter(kind, probe, pythons);
  return named.ok ? [] : [{ path: ["python"], message: named.error }];
}
