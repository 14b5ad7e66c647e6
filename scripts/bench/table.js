// @ts-check
/** @typedef {import("./row.js").Row} Row */

const HEAD = ["what", "cudaprobe", "beside it", "unit", "ratio", "target", "met"];

/** The rows of all parts as a table in Markdown, a part after the other. @param {Readonly<Record<string, readonly Row[]>>} parts */
export function toMarkdown(parts) {
  const rows = Object.entries(parts).flatMap(([name, own]) => own.map((row) => cells(name, row)));
  const lines = [HEAD, HEAD.map(() => "---"), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}

/** @param {string} part @param {Row} row */
function cells(part, { what, ours, theirs, unit, ratio, target, met }) {
  return [
    `${part}: ${what}`,
    digits(ours),
    digits(theirs),
    unit,
    digits(ratio),
    target ?? "",
    met === undefined ? "" : { true: "yes", false: "**no**" }[`${met}`],
  ];
}

/** @param {number | undefined} value */
function digits(value) {
  if (value === undefined) return "";
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
