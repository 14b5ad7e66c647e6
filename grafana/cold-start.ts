import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { manyAtOnce } from "./panels/cold-start-many.ts";
import { coldStartPhases, coldStartTrends } from "./panels/cold-start-phases.ts";
import { coldStartTop } from "./panels/cold-start-top.ts";
import { lastRuns } from "./panels/last-runs.ts";
import { outcomes } from "./panels/run-outcomes.ts";
import { collection, figuresFrom } from "./panels/trust.ts";
import { dashboard } from "./parts/dashboard.ts";
import { probeVariable } from "./parts/variables.ts";

/** How long a function takes to start, which phase of it, and since when. */
export function coldStart(): Dashboard {
  return dashboard({
    uid: "cudaprobe-cold-start",
    title: "cudaprobe / Cold start",
    description: "How long a function takes to start, which phase of it, and since when.",
    alerts: "CudaprobeColdStart.*",
    variables: [probeVariable("cudaprobe_cold_start_duration_seconds_count")],
    sections: [
      { drawings: [figuresFrom(), collection(), ...coldStartTop()] },
      { title: "Where the time goes", drawings: coldStartPhases() },
      {
        title: "Slower than before?",
        drawings: [...coldStartTrends(), outcomes("cold_start", { width: 12, height: 9 })],
      },
      { title: "Many at once", drawings: manyAtOnce() },
      { title: "Runs", drawings: [lastRuns("cold_start", { width: 24, height: 7 })] },
    ],
  });
}
