// @ts-check
const LABELS = String.raw`\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)*\}`;
const NUMBER = String.raw`[-+]?(?:\d[\d.]*(?:[eE][-+]?\d+)?|Inf|NaN)`;
const NAME = String.raw`[a-zA-Z_:][\w:]*`;
const EXEMPLAR = String.raw` # ${LABELS} ${NUMBER}(?: ${NUMBER})?`;
const LINE = new RegExp(
  `^(?:# (?:HELP|TYPE|UNIT) ${NAME} ?.*|# EOF|${NAME}(?:${LABELS})? ${NUMBER}(?: ${NUMBER})?(?:${EXEMPLAR})?)$`,
);

/**
 * What keeps an exposition from being whole, or undefined.
 * @param {string} text @param {boolean} isOpenMetrics @returns {string | undefined}
 */
export function findFlaw(text, isOpenMetrics) {
  if (!text.endsWith("\n")) return "it ends within a line";
  const lines = text.slice(0, -1).split("\n");
  if (isOpenMetrics !== (lines.at(-1) === "# EOF")) return `its last line is ${lines.at(-1)}`;
  const bad = lines.find((line) => line !== "" && !LINE.test(line));
  if (bad !== undefined) return `a line is no sample: ${bad}`;
  return lines.some((line) => line.startsWith("cudaprobe_up "))
    ? undefined
    : "it lacks cudaprobe_up";
}
