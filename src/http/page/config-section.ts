import { html, type Html } from "../../base/html.ts";
import type { StatusView } from "../status.ts";

/** The config as it was loaded, without what is secret. */
export function configSection({ configFile, configText }: StatusView): Html {
  return html`<section>
    <h2>Configuration</h2>
    <details class="card list">
      <summary><code>${configFile}</code> as it was loaded</summary>
      <pre tabindex="0">${configText}</pre>
    </details>
  </section>`;
}
