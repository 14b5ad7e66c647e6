import { access, constants } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { Refusal } from "../gates/decide-go.ts";
import type { NeededProgram } from "../probes/program.ts";
import { PROBE_PATH } from "./environment.ts";

/** Where the program is that the runs of a target need and a host may not have; empty when there is no such program. */
export async function findProgram(
  { probe }: Target,
  places: { readonly nativeDirectory: string },
): Promise<Result<string, Refusal>> {
  const needed = probe.measurement.needs?.(places);
  if (needed === undefined) return ok("");
  const candidates = isAbsolute(needed.file)
    ? [needed.file]
    : PROBE_PATH.map((directory) => join(directory, needed.file));
  const are = await Promise.all(candidates.map(isExecutable));
  const found = candidates.find((_, index) => are[index] === true);
  return found === undefined ? fail(describeMissing(needed)) : ok(found);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function describeMissing({ file, reason, advice }: NeededProgram): Refusal {
  const where = isAbsolute(file) ? "" : ` in ${PROBE_PATH.join(":")}`;
  return { reason, message: `there is no program ${file}${where}; ${advice}` };
}
