import { html, type Html } from "../base/html.ts";

/** Where a point is, the how-manieth series it is of, and what it says when it is pointed at. */
export interface Marker {
  readonly x: number;
  readonly y: number;
  readonly index: number;
  readonly title: string;
}

/** A circle, square, triangle, diamond or cross about the origin. */
const SHAPES = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  "M-3.6-3.6h7.2v7.2h-7.2z",
  "M0-4.6L4.4 3.4H-4.4z",
  "M0-5L5 0L0 5L-5 0z",
  "M-1.3-4.5h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2h-3.2v-2.6h3.2z",
] as const;

/** A point of a series, in the series' own shape. */
export function drawMarker({ x, y, index, title }: Marker): Html {
  const shape = SHAPES[index % SHAPES.length] ?? SHAPES[0];
  return html`<path class="plot-marker" transform="translate(${x} ${y})" d="${shape}"
    ><title>${title}</title></path
  >`;
}
