import { html, type Html } from "../../base/html.ts";
import type { StatusView } from "../status.ts";
import { pill } from "./outcome-pill.ts";
import { terms } from "./terms.ts";

/** Which driver answers. */
export function driverSection({ up, driver }: StatusView): Html {
  return html`<section>
    <h2>Driver</h2>
    <div class="card state">
      ${state(up)}${
        driver &&
        terms(
          [
            ["Backend", driver.backend],
            ["Driver", driver.driverVersion],
            ["CUDA", driver.cudaVersion],
            ["NVML", driver.nvmlVersion],
            ["Library", driver.libcuda],
            ["NVML library", driver.libnvidiaMl],
          ],
          "facts",
        )
      }
    </div>
  </section>`;
}

function state(up: boolean | undefined): Html {
  if (up === undefined) return pill("idle", "not looked for yet");
  return up ? pill("good", "up") : pill("bad", "down");
}
