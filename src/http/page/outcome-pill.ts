import { html, type Html } from "../../base/html.ts";
import type { Outcome } from "../../protocol/outcomes.ts";

/** How something is doing, for its colour. */
export type Tone = "good" | "bad" | "pause" | "idle";

const TONES: Readonly<Record<Outcome, Tone>> = {
  success: "good",
  skipped: "pause",
  failure: "bad",
  timeout: "bad",
  hung: "bad",
  crashed: "bad",
  bad_output: "bad",
  not_started: "bad",
};

/** How an outcome is to be taken; undefined is a target that never ran. */
export function toneOf(outcome: Outcome | undefined): Tone {
  return outcome === undefined ? "idle" : TONES[outcome];
}

/** An outcome in words, and in its colour. */
export function outcomePill(outcome: Outcome | undefined): Html {
  return pill(toneOf(outcome), outcome?.replaceAll("_", " ") ?? "not run yet");
}

/** A word in a colour, which says the same. */
export function pill(tone: Tone, text: string): Html {
  return html`<span class="pill ${tone}">${text}</span>`;
}
