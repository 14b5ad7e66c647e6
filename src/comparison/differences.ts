import type { RunFile } from "./run-file.ts";

/** Something about the runs or where they were made, in both files. */
export interface Fact {
  readonly name: string;
  readonly a: string;
  readonly b: string;
}

/** What is printed of what a file does not say. */
export const UNKNOWN = "unknown";

type Options = Readonly<Record<string, string>>;

/** Two interpreters are what people compare; their versions are told beside them. */
const INTERPRETER = "python";

/** Why the two did not measure the same thing: what both say, and say differently. */
export function findDifference(a: RunFile, b: RunFile): string | undefined {
  if (a.kind !== b.kind) return `A is of ${a.kind}, B of ${b.kind}`;
  if (a.curve !== b.curve) {
    return `A is ${describeShape(a)}, B ${describeShape(b)}: make one series for each value`;
  }
  const [inA, inB] = [sayAll(a), sayAll(b)];
  const said = Object.keys(inA)
    .filter((key) => key !== a.curve && key !== INTERPRETER)
    .filter((key) => inB[key] !== undefined && inA[key] !== inB[key])
    .map((key) => `${key} is ${inA[key] ?? ""} in A, ${inB[key] ?? ""} in B`);
  return said.length === 0
    ? undefined
    : `they were made with different options: ${said.join("; ")}`;
}

function describeShape({ curve }: RunFile): string {
  return curve === undefined ? "a single series" : `a curve over ${curve}`;
}

/** Options that differ and are no reason to refuse: one that a file knows nothing of, since it is older, the list of a curve, and the interpreter. */
export function describeDifferences(a: RunFile, b: RunFile): readonly Fact[] {
  const [inA, inB] = [sayAll(a), sayAll(b)];
  return [...new Set([...Object.keys(inA), ...Object.keys(inB)])]
    .filter((key) => inA[key] !== inB[key])
    .map((key) => ({
      name: key === INTERPRETER ? "interpreter" : key,
      a: inA[key] ?? UNKNOWN,
      b: inB[key] ?? UNKNOWN,
    }));
}

function sayAll({ options, details }: RunFile): Options {
  return { ...options, ...details };
}
