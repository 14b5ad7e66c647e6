import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { KINDS } from "../../src/probes/index.ts";
import type { Clock } from "../../src/base/clock.ts";

/** Metrics of all kinds, without those of the Node process. */
export function makeMetrics(clock: Clock): Metrics {
  return createMetrics(
    {
      kinds: KINDS,
      build: { version: "0.1.0", revision: "abc1234", node: "v20.20.2" },
      exporterMetrics: false,
    },
    { clock },
  );
}

/** The samples of a text whose series begin with `prefix` (a name, or a name and its first labels), one a line. */
export function samples(text: string, prefix: string): readonly string[] {
  return text.split("\n").filter((line) => line.startsWith(prefix));
}

/** The value of the only series of this family that has all these labels; undefined when there is none. */
export function value(
  text: string,
  family: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const parts = Object.entries(labels).map(([name, of]) => `${name}="${of}"`);
  const lines = samples(text, family).filter(
    (line) =>
      /^[{ ]/.test(line.slice(family.length)) && parts.every((part) => hasLabel(line, part)),
  );
  if (lines.length > 1) throw new Error(`several series match: ${lines.join("; ")}`);
  const [line] = lines;
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(" ") + 1));
}

function hasLabel(line: string, part: string): boolean {
  return line.includes(`{${part}`) || line.includes(`,${part}`);
}
