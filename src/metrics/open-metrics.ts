/** What ends an exposition, so that one cut short is told from a whole one. */
export const END_OF_OPEN_METRICS = "# EOF\n";

/**
 * The text format's lines as those of OpenMetrics 1.0.0, without the end: families are named without `_total` and `_info`, which are
 * their samples' alone, units are told, and bounds are written as floats. `exemplarOf` is what to append to a bucket's
 * sample; it is asked with the series.
 * Source: the specification at https://github.com/prometheus/OpenMetrics, "ABNF" and "Canonical Numbers".
 */
export function toOpenMetrics(
  text: string,
  exemplarOf: (series: string) => string | undefined = () => undefined,
): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith("#") ? metadata(line) : sample(line, exemplarOf)))
    .join("\n");
}

function metadata(line: string): string {
  const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
  if (keyword === undefined) throw new Error(`neither help nor a type: ${line}`);
  const family = name.replace(/_(?:total|info)$/, "");
  if (keyword === "HELP") return `# HELP ${family} ${rest.replaceAll('"', String.raw`\"`)}`;
  const type = name.endsWith("_info") ? "info" : rest;
  return [`# TYPE ${family} ${type}`, ...unit(family)].join("\n");
}

/** Only those of OpenMetrics' base units that a name ends with: others, such as bytes in a second, have no name there. */
function unit(family: string): readonly string[] {
  const [, name] = /(?<!_per)_(seconds|bytes)$/.exec(family) ?? [];
  return name === undefined ? [] : [`# UNIT ${family} ${name}`];
}

function sample(line: string, exemplarOf: (series: string) => string | undefined): string {
  const bucket = /^(\w+_bucket\{le=")([^"]+)(".*)$/.exec(line);
  if (bucket === null) return line;
  const [, before = "", bound = "", after = ""] = bucket;
  const exemplar = exemplarOf(line.slice(0, line.lastIndexOf(" "))) ?? "";
  return `${before}${canonicalBound(bound)}${after}${exemplar}`;
}

function canonicalBound(bound: string): string {
  const value = Number(bound);
  if (!Number.isFinite(value)) return bound;
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 6) {
    return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${bound}.0` : bound;
}
