import type { RunRecord } from "../history/record.ts";
import { costFamilies } from "./cost-families.ts";
import { createExposition, type Exposition } from "./exposition.ts";
import { oneRunFamilies } from "./one-run-families.ts";
import { runFamilies } from "./run-families.ts";
import { writeRecord } from "./run-record.ts";
import { createScope } from "./scope.ts";
import { createScraper, type Format, type Scrape, type ScrapeOptions } from "./scrape.ts";
import { createStore } from "./store.ts";
import { runLabels } from "./target-series.ts";

/**
 * What one run says, in series of its own: those that it changes in the daemon's, as if it were the only run ever, and whether it
 * succeeded. `durationSeconds` is how long whoever asked for it has waited.
 */
export function renderRun(
  record: RunRecord,
  durationSeconds: number,
): (options: ScrapeOptions) => Promise<Scrape> {
  const { target } = record;
  const families = [
    ...oneRunFamilies,
    ...runFamilies,
    ...costFamilies,
    ...target.probe.kind.families,
  ];
  const store = createStore(families, () => undefined);
  const labels = runLabels(target);
  const success = record.type === "run" && record.end.outcome === "success" ? 1 : 0;
  store.write({ family: "cudaprobe_probe_success", labels, value: success });
  store.write({ family: "cudaprobe_probe_duration_seconds", labels, value: durationSeconds });
  writeRecord(record, createScope(store));
  const expose = (format: Format): Exposition =>
    createExposition(
      families.map(({ name }) => name),
      async (family) => store.render(family, format),
    );
  const expositions = { text: expose("text"), openmetrics: expose("openmetrics") };
  return createScraper({ expositions });
}
