import type { Reason } from "../protocol/reasons.ts";
import type { ProbeContext } from "./probe-context.ts";

/** A program that a host may not have: without it nothing is started, and the run is skipped. */
export interface NeededProgram {
  /** An absolute path, or a name to be found where probes look for programs. */
  readonly file: string;
  readonly reason: Reason;
  /** What to do about it, in words. */
  readonly advice: string;
}

/** What a measurement starts in the place of its kind's own program. */
export interface OtherProgram {
  readonly needs?: (places: Pick<ProbeContext, "nativeDirectory">) => NeededProgram;
  readonly file: (context: ProbeContext) => string;
  /** What comes before the measurement's own arguments, such as a script. */
  readonly args: (context: ProbeContext) => readonly string[];
}

/** A program that is built only where its compiler is found. */
export function optionalNative(name: string, advice: string): OtherProgram {
  return {
    needs: ({ nativeDirectory }) => ({
      file: `${nativeDirectory}/probes/${name}`,
      reason: "framework_missing",
      advice,
    }),
    file: ({ neededProgram }) => neededProgram,
    args: () => [],
  };
}

/** A script of native/frameworks, and the interpreter that has the framework. */
export function pythonScript(script: string, interpreter: string): OtherProgram {
  return {
    needs: () => ({
      file: interpreter,
      reason: "framework_missing",
      advice: "name an interpreter that has the framework in frameworks.python",
    }),
    file: ({ neededProgram }) => neededProgram,
    args: ({ frameworksDirectory }) => [`${frameworksDirectory}/${script}`],
  };
}

/** A program of the user's, which is expected to be there. */
export function ownCommand([file = "", ...args]: readonly string[]): OtherProgram {
  return { file: () => file, args: () => args };
}
