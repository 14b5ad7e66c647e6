import { html, type Html } from "../../base/html.ts";
import { formatPercent, formatSize } from "../../base/units.ts";
import { asOf } from "./as-of.ts";
import { orDash, terms, type Term } from "./terms.ts";
import type { FootprintView } from "./views.ts";

/** What a function takes of a device, and how many more fit; nothing where no probe measures it. */
export function footprintSection(views: readonly FootprintView[], nowSeconds: number): Html {
  const content = views.map(
    (view) =>
      html`<h5>${view.probe} <small>${describe(view)}</small></h5>
        ${terms(figures(view))} ${phases(view)} ${asOf(view, nowSeconds)}`,
  );
  return html`<section class="part">
    <h4>What a function takes</h4>
    ${views.length === 0 ? NOTHING : content}
  </section>`;
}

const NOTHING = html`<p class="none">No footprint was measured yet.</p>`;

function describe({ runtime, mps }: FootprintView): string {
  return mps ? `${runtime} · under MPS` : runtime;
}

function figures(view: FootprintView): readonly Term[] {
  const { processBytes, serverBytes, runtimeRatio, projectedInstances, mps } = view;
  return [
    ["Footprint", formatSize(processBytes)],
    ["Runtime share", orDash(runtimeRatio, formatPercent)],
    ...(mps ? ([["MPS server", orDash(serverBytes, formatSize)]] as const) : []),
    ["Room for", orDash(projectedInstances, (many) => `${String(many)} more`)],
  ];
}

function phases(view: FootprintView): Html {
  const added = view.phases.map(({ phase, bytes }) => `${phase} ${signed(bytes)}`);
  return html`<p class="as-of">By phase: ${added.join(", ")}.</p>`;
}

function signed(bytes: number): string {
  return bytes < 0 ? `−${formatSize(-bytes)}` : `+${formatSize(bytes)}`;
}
