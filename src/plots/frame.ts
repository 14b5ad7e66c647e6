import { html, type Html } from "../base/html.ts";

/** Width of every plot in its own units; so drawn that text can be read when that is as little as 360 pixels. */
export const PLOT_WIDTH = 440;

/** About how wide a character of the plots' text is. */
export const CHARACTER_WIDTH = 7;

/** An SVG that says what it shows also to those who do not see it. */
export function plotFrame(
  {
    title,
    description,
    height,
  }: { readonly title: string; readonly description: string; readonly height: number },
  content: readonly Html[],
): Html {
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    class="plot"
    role="img"
    viewBox="0 0 ${PLOT_WIDTH} ${height}"
  >
    <title>${title}</title>
    <desc>${description}</desc>
    <text class="plot-title" x="0" y="14">${title}</text>
    ${content}
  </svg>`;
}

/** Text that ends with an ellipsis where it is longer than there is room for. */
export function fit(text: string, width: number): string {
  const characters = Math.max(1, Math.floor(width / CHARACTER_WIDTH));
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
