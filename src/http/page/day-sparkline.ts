import { html, type Html } from "../../base/html.ts";
import { formatDuration } from "../../base/units.ts";
import { drawSparkline } from "../../plots/sparkline.ts";
import type { ColdStartView } from "./views.ts";

const DAY_SECONDS = 86_400;

/** The last day of a probe's cold starts, against the baseline or else the day's median; undefined without a start. */
export function drawDay(
  { probe, points, baselineSeconds, medians }: ColdStartView,
  nowSeconds: number,
): Html | undefined {
  return drawSparkline({
    title: `Cold starts of ${probe} in the last 24 h`,
    unit: "seconds",
    points: points.map(({ atSeconds, durationSeconds }) => ({ x: atSeconds, y: durationSeconds })),
    from: nowSeconds - DAY_SECONDS,
    to: nowSeconds,
    reference: baselineSeconds ?? medians.daySeconds,
  });
}

/** The same with what it says in words. */
export function dayFigure(view: ColdStartView, nowSeconds: number): Html | undefined {
  const drawn = drawDay(view, nowSeconds);
  if (drawn === undefined) return undefined;
  const seconds = view.points.map(({ durationSeconds }) => durationSeconds);
  const low = formatDuration(Math.min(...seconds));
  const high = formatDuration(Math.max(...seconds));
  const against = view.baselineSeconds === undefined ? "median" : "baseline";
  return html`<figure class="day">
    ${drawn}
    <figcaption>
      <span>24 h ago</span>
      <span>${seconds.length} good, ${low} to ${high}, dashed: ${against}</span>
      <span>now</span>
    </figcaption>
  </figure>`;
}
