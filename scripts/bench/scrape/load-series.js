// @ts-check
import { Counter, Gauge, Histogram } from "prom-client";

/** Those of the process itself, which the registry has of its own. */
const OWN = /^(?:process|nodejs)_/;

/** Above all bounds of ours. */
const BEYOND = 1e9;

/** @typedef {{ name: string, help: string, type: string, samples: Sample[] }} Family */
/** @typedef {{ name: string, labels: Record<string, string>, value: number }} Sample */

/** Fills a registry with all series of a text, through prom-client's own functions. @param {string} text @param {import("prom-client").Registry} registry */
export function loadSeries(text, registry) {
  for (const family of parse(text).filter(({ name }) => !OWN.test(name))) {
    if (family.type === "histogram") loadHistogram(family, registry);
    else loadPlain(family, registry);
  }
}

/** @param {string} text @returns {readonly Family[]} */
function parse(text) {
  /** @type {Family[]} */
  const families = [];
  for (const line of text.split("\n")) {
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    const last = families.at(-1);
    if (keyword === "HELP") families.push({ name, help: rest, type: "", samples: [] });
    else if (keyword === "TYPE" && last !== undefined) last.type = rest;
    else if (line !== "") last?.samples.push(parseSample(line));
  }
  return families;
}

/** @param {string} line @returns {Sample} */
function parseSample(line) {
  const end = line.lastIndexOf(" ");
  const pairs = [...line.slice(0, end).matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return {
    name: /^\w+/.exec(line)?.[0] ?? "",
    labels: Object.fromEntries(pairs.map(([, name, value]) => [name, unescape(value)])),
    value: Number(line.slice(end + 1)),
  };
}

/** @param {string} [value] */
function unescape(value = "") {
  return value.replaceAll(/\\(.)/g, (_, character) => (character === "n" ? "\n" : character));
}

/** @param {Family} family @param {import("prom-client").Registry} registry */
function loadPlain({ name, help, type, samples }, registry) {
  const configuration = { name, help, labelNames: labelNames(samples), registers: [registry] };
  if (type === "counter") {
    const counter = new Counter(configuration);
    for (const { labels, value } of samples) counter.inc(labels, value);
    return;
  }
  const gauge = new Gauge(configuration);
  for (const { labels, value } of samples) gauge.set(labels, value);
}

/** Each bucket gets as many observations as it had, of its own bound: the sums differ, the series do not. @param {Family} family @param {import("prom-client").Registry} registry */
function loadHistogram({ name, help, samples }, registry) {
  const ofBuckets = samples.filter((sample) => sample.name === `${name}_bucket`);
  const bounds = [...new Set(ofBuckets.map(({ labels }) => Number(labels["le"])))];
  const finite = bounds.filter((bound) => Number.isFinite(bound));
  const names = labelNames(ofBuckets).filter((label) => label !== "le");
  const histogram = new Histogram({
    name,
    help,
    labelNames: names,
    buckets: finite,
    registers: [registry],
  });
  let observed = 0;
  for (const { labels, value } of ofBuckets) {
    const { le, ...others } = labels;
    const bound = Number(le);
    if (bound === bounds[0]) {
      histogram.zero(others);
      observed = 0;
    }
    for (; observed < value; observed += 1)
      histogram.observe(others, Number.isFinite(bound) ? bound : BEYOND);
  }
}

/** @param {readonly Sample[]} samples */
function labelNames(samples) {
  return [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
}
