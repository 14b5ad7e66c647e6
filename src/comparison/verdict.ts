import type { Judgement } from "../statistics/compare-samples.ts";
import type { FigureComparison, RunComparison } from "./compare-runs.ts";

/** Words for what takes time and for what takes memory. */
const WORDS: Readonly<Record<FigureComparison["unit"], Readonly<Record<Judgement, string>>>> = {
  seconds: {
    higher: "slower",
    lower: "faster",
    not_higher: "not slower",
    inconclusive: "inconclusive",
  },
  bytes: {
    higher: "larger",
    lower: "smaller",
    not_higher: "not larger",
    inconclusive: "inconclusive",
  },
};

/** What is said of a figure. */
export function verdictOf({ unit, judgement }: FigureComparison): string {
  return WORDS[unit][judgement];
}

/** What is said of B: slower (or larger) when a deciding figure is, else inconclusive when one is. */
export function verdictOfAll({ figures }: RunComparison): string {
  const deciding = figures.filter(({ decides }) => decides);
  const worst =
    deciding.find(({ judgement }) => judgement === "higher") ??
    deciding.find(({ judgement }) => judgement === "inconclusive") ??
    deciding.find(({ judgement }) => judgement === "not_higher") ??
    deciding[0];
  return worst === undefined ? "inconclusive" : verdictOf(worst);
}

/** Whether B is worse in what decides. */
export function isWorse({ figures }: RunComparison): boolean {
  return figures.some(({ decides, judgement }) => decides && judgement === "higher");
}
