import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import { renderRules } from "../../deploy/prometheus/source/files.ts";
import { fillIn } from "../grafana/panels.ts";
import { runCudaprobe, startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { startPrometheus, type Sample } from "../support/prometheus.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "*/2 * * * * *" }
  - { name: memory, kind: process_memory, schedule: "*/4 * * * * *" }
  - { name: footprint, kind: footprint, schedule: "*/30 * * * * *" }
  - { name: density, kind: density, schedule: "*/30 * * * * *", max_instances: 2 }
  - { name: by_host, kind: function_ipc, schedule: "*/30 * * * * *", sizes: [64KiB] }
  - { name: by_handle, kind: cuda_ipc, schedule: "*/30 * * * * *", sizes: [64KiB], between_gpus: true }
driver: { refresh: 1s }
limits: { duty_cycle: 100% }
`;

/** What the emulator does on each host. */
const LINES = {
  healthy: ["gpus = 2", "tenant = gpu=0 pid=1 bytes=4294967296"],
  failing: ["gpus = 2", "fault = call=cuMemAlloc_v2 code=2"],
  "without GPU": ["fault = call=nvmlInit_v2 code=9"],
} as const;

/** A host whose probes succeed, one whose probes fail, and one where no driver answers. */
export type State = keyof typeof LINES;

/** In an hour that lasts a second the past of a week is there soon; rules are evaluated as often as series are scraped. */
const RULES = renderRules({
  ...SETTINGS,
  scale: 1 / 3600,
  evaluation: { every: 3600, pastEvery: 3600 },
  windows: { ...SETTINGS.windows, pastMinimumSteps: 2 },
});

/** Three hosts in three states, and a Prometheus that scrapes them all. */
interface Hosts extends AsyncDisposable {
  /** What an expression of a dashboard gives now, when one host is chosen. */
  readonly query: (state: State, expression: string) => Promise<readonly Sample[]>;
}

export async function startHosts(): Promise<Hosts> {
  const open: AsyncDisposable[] = [];
  const close = async (): Promise<void> => {
    for (const part of open.toReversed()) await part[Symbol.asyncDispose]();
  };
  try {
    const addresses = new Map<string, string>();
    for (const [state, lines] of Object.entries(LINES)) {
      const emulator = await makeEmulator(lines);
      open.push(emulator);
      const daemon = await startDaemon({ config: CONFIG, emulator });
      open.push(daemon);
      addresses.set(state, daemon.address);
      if (state === "healthy") await pinBaseline(emulator, daemon);
    }
    const prometheus = await startPrometheus([...addresses.values()], { rules: RULES });
    open.push(prometheus);
    return {
      query: async (state, expression) =>
        prometheus.query(choose(expression, addresses.get(state) ?? "")),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function pinBaseline(emulator: EmulatorDirectory, daemon: RunningDaemon): Promise<void> {
  const here = [`--storage.path=${daemon.storageDirectory}`, `--config.file=${daemon.configFile}`];
  await runCudaprobe(["baseline", "set", "--probe=start", "--seconds=250ms", ...here], {
    emulator,
  });
}

/** What Grafana would put in the place of its variables. */
function choose(expression: string, instance: string): string {
  return fillIn(expression, { instance, gpu: ".*", window: "20s", probe: "start", size: "65536" });
}
