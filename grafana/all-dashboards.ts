import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { coldStart } from "./cold-start.ts";
import { exporterHealth } from "./exporter-health.ts";
import { fleetOverview } from "./fleet-overview.ts";
import { ipc } from "./ipc.ts";
import { memoryAndDensity } from "./memory-and-density.ts";

const DASHBOARDS = {
  "fleet-overview": fleetOverview,
  "cold-start": coldStart,
  "memory-and-density": memoryAndDensity,
  ipc,
  "exporter-health": exporterHealth,
} as const;

/** A dashboard and what its file under grafana/dashboards is called. */
export interface NamedDashboard {
  readonly name: string;
  readonly dashboard: Dashboard;
}

/** Every dashboard that is shipped. */
export function allDashboards(): readonly NamedDashboard[] {
  return Object.entries(DASHBOARDS).map(([name, make]) => ({
    name: `${name}.json`,
    dashboard: make(),
  }));
}
