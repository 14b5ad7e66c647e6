import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { probeCosts } from "./panels/health-costs.ts";
import { daemonHealth } from "./panels/health-daemon.ts";
import { runHealth } from "./panels/health-runs.ts";
import { healthTop } from "./panels/health-top.ts";
import { collection, figuresFrom } from "./panels/trust.ts";
import { dashboard } from "./parts/dashboard.ts";

/** Whether cudaprobe itself does what it should, and what it costs. */
export function exporterHealth(): Dashboard {
  return dashboard({
    uid: "cudaprobe-health",
    title: "cudaprobe / Exporter health",
    description: "Whether cudaprobe itself does what it should, and what it costs.",
    alerts: "Cudaprobe(Down|DriverDown|Run|Config).*",
    sections: [
      { drawings: [figuresFrom(), collection(), ...healthTop()] },
      { title: "Runs", drawings: runHealth() },
      { title: "What the probes cost", drawings: probeCosts() },
      { title: "The daemon", drawings: daemonHealth() },
    ],
  });
}
