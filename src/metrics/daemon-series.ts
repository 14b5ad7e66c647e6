import type { HostFacts } from "../devices/host.ts";
import { createScope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";

/** What is running. */
export interface BuildInfo {
  readonly version: string;
  readonly revision: string;
  /** Node's version. */
  readonly node: string;
}

/** How the last attempt to load the configuration went. */
export interface ReloadInfo {
  readonly successful: boolean;
  /** Seconds since 1970. */
  readonly atSeconds: number;
}

/** The series of the daemon itself. */
export interface DaemonSeries {
  readonly setHost: (host: HostFacts) => void;
  readonly setReload: (reload: ReloadInfo) => void;
  readonly setPaused: (isPaused: boolean) => void;
}

/** With the build's series at once. */
export function createDaemonSeries(store: SeriesStore, build: BuildInfo): DaemonSeries {
  const host = createScope(store);
  store.write({ family: "cudaprobe_build_info", labels: { ...build }, value: 1 });
  return {
    setHost: (info) => {
      const { distributionVersion, cpuModel, ...rest } = info;
      const labels = { ...rest, distribution_version: distributionVersion, cpu_model: cpuModel };
      host.replace(() => true, [{ family: "cudaprobe_host_info", labels, value: 1 }]);
    },
    setPaused: (isPaused) => {
      store.write({ family: "cudaprobe_paused", labels: {}, value: isPaused ? 1 : 0 });
    },
    setReload: ({ successful, atSeconds }) => {
      store.write({
        family: "cudaprobe_config_last_reload_successful",
        labels: {},
        value: successful ? 1 : 0,
      });
      if (!successful) return;
      store.write({
        family: "cudaprobe_config_last_reload_success_timestamp_seconds",
        labels: {},
        value: atSeconds,
      });
    },
  };
}
