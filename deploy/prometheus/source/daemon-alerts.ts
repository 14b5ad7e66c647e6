import { makeAlert, select, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** cudaprobe itself, and the driver. */
export function daemonAlerts(settings: Settings): readonly AlertRule[] {
  return [down(settings), driverDown(settings), emulated(settings), reloadFailed(settings)];
}

/** Also when Prometheus has no such target at all, which leaves every other alert silent. */
function down(settings: Settings): AlertRule {
  const up = select(settings, "up", settings.targets);
  return makeAlert(settings, {
    name: "CudaprobeDown",
    severity: "critical",
    expr: `${up} == 0\nor\nabsent(${up})`,
    for: settings.daemon.down.for,
    summary: "cudaprobe cannot be scraped.",
    description:
      "{{ if $labels.instance }}Prometheus cannot scrape cudaprobe on {{ $labels.instance }}" +
      "{{ else }}Prometheus has no target of cudaprobe{{ end }}: nothing is measured and no other alert can fire.",
  });
}

function driverDown(settings: Settings): AlertRule {
  const error = `printf "cudaprobe_driver_error{instance='%s'}" $labels.instance | query`;
  return makeAlert(settings, {
    name: "CudaprobeDriverDown",
    severity: "critical",
    expr: `${select(settings, "cudaprobe_up")} == 0`,
    for: settings.daemon.driverDown.for,
    summary: "No driver answers.",
    description: `No driver answers on {{ $labels.instance }}{{ with ${error} }}: {{ . | first | label "reason" }}{{ end }}.`,
  });
}

function emulated(settings: Settings): AlertRule {
  return makeAlert(settings, {
    name: "CudaprobeEmulated",
    severity: "warning",
    expr: `${select(settings, "cudaprobe_driver_info", 'backend="emulator"')} == 1`,
    for: settings.daemon.emulated.for,
    summary: "Figures are those of the emulator.",
    description:
      "cudaprobe on {{ $labels.instance }} measures the emulator: its figures are no GPU's.",
  });
}

function reloadFailed(settings: Settings): AlertRule {
  return makeAlert(settings, {
    name: "CudaprobeConfigReloadFailed",
    severity: "warning",
    expr: `${select(settings, "cudaprobe_config_last_reload_successful")} == 0`,
    for: settings.daemon.reloadFailed.for,
    summary: "The configuration could not be loaded.",
    description:
      "cudaprobe on {{ $labels.instance }} could not load its configuration and goes on with the one before.",
  });
}
