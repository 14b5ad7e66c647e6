import { html, type Html } from "../../base/html.ts";
import { relativeTime } from "../times.ts";
import type { Shown } from "./views.ts";

/** When figures are from, and that they are not of the last run where that was no success. */
export function asOf({ atSeconds, isOutdated }: Shown, nowSeconds: number): Html {
  const time = relativeTime(atSeconds, nowSeconds);
  return isOutdated
    ? html`<p class="as-of old">As of ${time}: no run since then has succeeded.</p>`
    : html`<p class="as-of">As of ${time}.</p>`;
}
