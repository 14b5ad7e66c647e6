import { html, type Html } from "../../base/html.ts";

/** What stands where a figure is not known. */
export const DASH = "–";

/** A name and what is said of it. */
export type Term = readonly [name: string, value: string | Html | undefined];

/** Names with values; what is not known is a dash. */
export function terms(list: readonly Term[], className = "figures"): Html {
  const items = list.map(
    ([name, value]) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value === undefined || value === "" ? DASH : value}</dd>
      </div>`,
  );
  return html`<dl class="${className}">${items}</dl>`;
}

/** A value as people read it, or a dash. */
export function orDash(value: number | undefined, format: (value: number) => string): string {
  return value === undefined || !Number.isFinite(value) ? DASH : format(value);
}

/** "1.02 ×" */
export function formatRatio(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}
