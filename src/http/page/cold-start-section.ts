import { html, type Html } from "../../base/html.ts";
import { formatDuration } from "../../base/units.ts";
import { drawChart } from "../../plots/draw-chart.ts";
import { asOf } from "./as-of.ts";
import { dayFigure } from "./day-sparkline.ts";
import { pill } from "./outcome-pill.ts";
import { findRegression } from "./regression.ts";
import { formatRatio, orDash, terms, type Term } from "./terms.ts";
import type { ColdStartView } from "./views.ts";

/** The cold starts of one probe on one device: how they compare with the past, how they went, and the phases of the last one. */
export function coldStartSection(view: ColdStartView, nowSeconds: number): Html {
  const { last } = view;
  return html`<section class="part">
    <h4>
      Cold start <small>${describe(view)}</small>
      ${findRegression(view).isSlower ? pill("bad", "slower") : undefined}
    </h4>
    ${terms(figures(view))} ${dayFigure(view, nowSeconds)}
    ${last === undefined ? NOTHING : html`${phases(view)}${asOf(last, nowSeconds)}`}
  </section>`;
}

const NOTHING = html`<p class="none">No start has succeeded yet.</p>`;

function describe({ probe, runtime, concurrency }: ColdStartView): string {
  const many = concurrency === "1" ? [] : [`${concurrency} at once`];
  return [probe, runtime, ...many].join(" · ");
}

function figures(view: ColdStartView): readonly Term[] {
  const { last, medians, baselineSeconds } = view;
  const { toDay, toBaseline } = findRegression(view);
  return [
    ["Last", orDash(last?.seconds, formatDuration)],
    ["Median 1 h", orDash(medians.hourSeconds, formatDuration)],
    ["Median 24 h", orDash(medians.daySeconds, formatDuration)],
    ["1 h ÷ 24 h", orDash(toDay, formatRatio)],
    ["Baseline", orDash(baselineSeconds, formatDuration)],
    ...(toBaseline === undefined ? [] : ([["1 h ÷ baseline", formatRatio(toBaseline)]] as const)),
  ];
}

function phases({ last }: ColdStartView): Html | undefined {
  if (last === undefined) return undefined;
  return drawChart({
    type: "stack",
    title: "Phases of the last start",
    unit: "seconds",
    bars: [{ name: "", parts: last.phases }],
  });
}
