import { assert, type IProperty, type IPropertyWithHooks } from "fast-check";

/** Of `npm run fuzz`, which sets both; a failure prints its seed. */
const RUNS = Number(process.env["CUDAPROBE_FUZZ_RUNS"] ?? 2000);
const SEED = process.env["CUDAPROBE_FUZZ_SEED"];

/** So long the cases of one test may take, on two busy cores. */
export const FUZZ_LIMIT_MS = Math.max(600_000, RUNS * 60);

/** No input of a person or a probe may take longer; of the processor, since others are at work. */
const LONGEST_CASE_SECONDS = 3;

/** Tries the property on as many cases as were asked for; `share` is for those that take long. */
export function fuzz<Case>(property: IProperty<Case> | IPropertyWithHooks<Case>, share = 1): void {
  const seed = SEED === undefined ? {} : { seed: Number(SEED) };
  assert(property, { numRuns: Math.ceil(RUNS * share), ...seed });
}

/** What `work` gives, unless it took too long or left something on every object. */
export function watched<Value>(work: () => Value): Value {
  const known = countInherited();
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  if (seconds > LONGEST_CASE_SECONDS) throw new Error(`it took ${seconds} s of the processor`);
  if (countInherited() !== known) throw new Error("a prototype was changed");
  return value;
}

function countInherited(): number {
  return [Object.prototype, Array.prototype, Function.prototype]
    .map((prototype) => Object.getOwnPropertyNames(prototype).length)
    .reduce((sum, count) => sum + count, 0);
}
