import { html, type Html } from "../base/html.ts";
import type { Axis, Tick } from "./axis.ts";
import { CHARACTER_WIDTH, PLOT_WIDTH } from "./frame.ts";

/** Lines up through the drawing, and what they stand for below it. */
export function bottomAxis(
  { ticks }: Axis,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): Html {
  const marks = ticks.map(
    ({ position, label }) =>
      html`<line class="plot-grid" x1="${position}" x2="${position}" y1="${top}" y2="${bottom}" />
        <text class="plot-tick" x="${keepInside(position, label)}" y="${bottom + 14}"
          >${label}</text
        >`,
  );
  return html`<g>${marks}</g>`;
}

/** The middle of a label: at its tick, but no part of it outside of the drawing. */
function keepInside(position: Tick["position"], label: string): number {
  const half = (label.length * CHARACTER_WIDTH) / 2;
  return Math.min(Math.max(position, half), PLOT_WIDTH - half);
}
