// @ts-check
// The shipped rules about cold starts, in the order in which they need each other.
import { parse, stringify } from "yaml";

const FAMILY = "cudaprobe_cold_start_last_duration_seconds";

/**
 * @typedef {{ alert?: string, record?: string, expr: string, for?: string, labels?: Record<string, string> }} Rule
 * @typedef {{ name: string, interval: string, rules: Rule[] }} Group
 */

/** @param {string} name */
const isPast = (name) => name.endsWith(":median7d");
/** @param {string} name */
const isRatio = (name) => name.includes(":ratio_");

/**
 * Files of recording rules: the later ones are made of what the earlier ones have recorded.
 * @param {string} rules
 */
export function recordingPasses(rules) {
  return [
    keep(rules, (name) => !isPast(name) && !isRatio(name)),
    keep(rules, isPast),
    keep(rules, isRatio),
  ];
}

/**
 * @param {string} rules
 * @param {(name: string) => boolean} wanted
 */
function keep(rules, wanted) {
  const groups = groupsOf(rules)
    .map((group) => ({
      ...group,
      rules: group.rules.filter(
        ({ record }) => record !== undefined && record.includes(FAMILY) && wanted(record),
      ),
    }))
    .filter((group) => group.rules.length > 0);
  return stringify({ groups }, { lineWidth: 0 });
}

/**
 * The alerts that are tried, with the seconds that each has to last.
 * @param {string} rules
 */
export function regressionAlerts(rules) {
  return groupsOf(rules)
    .flatMap((group) => group.rules)
    .filter(({ alert }) => alert === "CudaprobeColdStartRegression")
    .map(({ expr, labels, for: lasting = "0s" }) => ({
      severity: labels?.["severity"] ?? "",
      expr,
      forSeconds: secondsOf(lasting),
    }));
}

/**
 * @param {string} rules
 * @returns {Group[]}
 */
function groupsOf(rules) {
  /** @type {{ groups: Group[] }} */
  const { groups } = parse(rules);
  return groups;
}

/** @param {string} duration Such as 30m. */
function secondsOf(duration) {
  /** @type {Readonly<Record<string, number>>} */
  const units = { s: 1, m: 60, h: 3600, d: 86_400 };
  const [, count, unit] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  const seconds = units[unit ?? ""];
  if (seconds === undefined) throw new Error(`not a duration: ${duration}`);
  return Number(count) * seconds;
}
