import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { fleetGpus } from "./panels/fleet-gpus.ts";
import { fleetTop } from "./panels/fleet-top.ts";
import { fleetTrends } from "./panels/fleet-trends.ts";
import { fleetVersions } from "./panels/fleet-versions.ts";
import { collection, figuresFrom } from "./panels/trust.ts";
import { dashboard } from "./parts/dashboard.ts";

/** All hosts at a glance: which GPU starts functions slowest, and what has changed. */
export function fleetOverview(): Dashboard {
  return dashboard({
    uid: "cudaprobe-fleet",
    title: "cudaprobe / Fleet overview",
    description: "All hosts at a glance: which GPU starts functions slowest, and what has changed.",
    alerts: "Cudaprobe(ColdStart|Gpu|Down|DriverDown).*",
    sections: [
      { drawings: [figuresFrom(), collection(), ...fleetTop(), fleetGpus()] },
      { title: "Cold starts", drawings: fleetTrends() },
      { title: "What runs where", drawings: fleetVersions() },
    ],
  });
}
