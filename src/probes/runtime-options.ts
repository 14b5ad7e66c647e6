import * as z from "zod";
import type { OptionMistake } from "./options.ts";
import { RUNTIME_NAMES, type RuntimeOptions } from "./runtimes.ts";
import { words } from "./words.ts";

/** Options that say what a cold start is of. */
export const runtimeOptions = {
  runtime: z
    .enum(RUNTIME_NAMES)
    .default("driver")
    .describe(
      "What starts: `driver` is the bare driver API, `cudart` the CUDA runtime, `torch`, `jax` and `tensorflow` are frameworks up to the first answer of a ResNet-50, and `command` is a program of your own.",
    ),
  python: z
    .string()
    .regex(/^(\/.*|[^/]+)$/, {
      error: "must be a name that frameworks.python has, or an absolute path",
    })
    .default("default")
    .describe(
      "For a framework: the interpreter that has it, by its name in `frameworks.python` or by its absolute path.",
    ),
  argv: words(" ")
    .prefault([])
    .describe(
      "For `command`, and required there: the program by its absolute path, and its arguments. It speaks the protocol of docs/protocol.md.",
    ),
  phases: words(",")
    .prefault([])
    .describe(
      "For `command`, and required there: the phases that it reports, in their order. The end of the last one is the first result.",
    ),
};

const PHASE_NAME = /^[a-z][a-z0-9_]{0,63}$/;
/** The launcher's. */
const GIVEN_PHASES: ReadonlySet<string> = new Set(["spawn", "exit"]);

/** What does not go together. */
export function findRuntimeMistakes({
  runtime,
  argv,
  phases,
  bytes,
}: RuntimeOptions & { readonly bytes: number }): readonly OptionMistake[] {
  if (runtime === "command") return [...checkArgv(argv), ...checkPhases(phases)];
  const foreign = Object.entries({ argv, phases })
    .filter(([, value]) => value.length > 0)
    .map(([key]) => ({ key, message: `is for runtime: command, not for ${runtime}` }));
  return runtime === "cudart" ? [...foreign, ...checkWords(bytes)] : foreign;
}

/** The kernel of its program writes whole words. */
function checkWords(bytes: number): readonly OptionMistake[] {
  if (bytes % 4 === 0) return [];
  return [{ key: "bytes", message: "must be a multiple of 4 bytes with runtime: cudart" }];
}

function checkArgv([program]: readonly string[]): readonly OptionMistake[] {
  if (program === undefined) return [{ key: "argv", message: "is required with runtime: command" }];
  if (program.startsWith("/")) return [];
  return [{ key: "argv", message: `${program} is no absolute path: programs are not looked up` }];
}

function checkPhases(phases: readonly string[]): readonly OptionMistake[] {
  if (phases.length === 0) {
    return [{ key: "phases", message: "is required with runtime: command" }];
  }
  return phases.flatMap((phase, index) => {
    const message = describePhase(phase, phases.indexOf(phase) < index);
    return message === undefined ? [] : [{ key: "phases", message }];
  });
}

function describePhase(phase: string, repeated: boolean): string | undefined {
  if (!PHASE_NAME.test(phase)) {
    return `"${phase}" is no name of a phase: write lower-case letters, digits and _, at most 64, beginning with a letter`;
  }
  if (GIVEN_PHASES.has(phase)) return `${phase} is every program's: leave it out`;
  return repeated ? `${phase} is in the list twice` : undefined;
}
