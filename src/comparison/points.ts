import { fail, ok, type Result } from "../base/result.ts";
import type { RunFile } from "./run-file.ts";

/** Both files with the runs alone that have a counterpart, and the values that these are of: of no curve, none. */
interface Paired {
  readonly files: readonly [a: RunFile, b: RunFile];
  readonly points: readonly (number | undefined)[];
}

/** Finds what of two files with the same `curve` can be compared by itself: the values of a curve that are in both; the error says why there is none. */
export function pairPoints(a: RunFile, b: RunFile): Result<Paired> {
  if (a.curve === undefined) return ok({ files: [a, b], points: [undefined] });
  const inB = new Set(pointsOf(b));
  const [first, ...others] = pointsOf(a).filter((point) => inB.has(point));
  if (first === undefined) {
    const [inA = "", ofB = ""] = [a, b].map((file) => pointsOf(file).join(", ") || "none");
    return fail(`no ${a.curve} is in both: A has ${inA}; B has ${ofB}`);
  }
  const points: Paired["points"] = [first, ...others];
  return ok({ files: [keepPoints(a, points), keepPoints(b, points)], points });
}

function pointsOf({ iterations }: RunFile): readonly number[] {
  return [...new Set(iterations.flatMap(({ point }) => point ?? []))];
}

function keepPoints(file: RunFile, points: Paired["points"]): RunFile {
  return { ...file, iterations: file.iterations.filter(({ point }) => points.includes(point)) };
}
