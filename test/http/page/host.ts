import { makeStatusView, type StatusSources } from "../../../src/commands/status-view.ts";
import type { Config, Target } from "../../../src/config/config.ts";
import type { Listing } from "../../../src/devices/device.ts";
import { createHistory } from "../../../src/history/history.ts";
import type { RunRecord } from "../../../src/history/record.ts";
import type { StatusView } from "../../../src/http/status.ts";
import { coldStart } from "../../../src/probes/cold-start.ts";
import { cudaIpc } from "../../../src/probes/cuda-ipc.ts";
import { footprint } from "../../../src/probes/footprint.ts";
import { functionIpc } from "../../../src/probes/function-ipc.ts";
import { processMemory } from "../../../src/probes/process-memory.ts";
import type { Sample } from "../../../src/protocol/report.ts";
import type { TimedDuration } from "../../../src/statistics/recent-medians.ts";
import { makeListing, makeRun, makeTarget, uuidOf } from "../../metrics/records.ts";
import { GATES } from "../../gates/fixtures.ts";
import { makeSampledEnd } from "../../metrics/sampled-ends.ts";
import { footprintSamples } from "../../support/footprint-samples.ts";
import { cudaIpcSamples, functionIpcSamples } from "../../support/ipc-samples.ts";
import { memorySamples } from "../../support/memory-samples.ts";
import { createClock } from "../../support/still-clock.ts";

/** Stands still at the moment that the page describes. */
export const clock = createClock();

const CONFIG: Config = {
  file: "/etc/cudaprobe/cudaprobe.yml",
  text: "probes: []\n",
  probes: [],
  gates: GATES,
  limits: {
    processesPerDevice: 64,
    history: 50,
    laneWaitSeconds: 30,
    dutyCycle: 0.02,
    transferredBytesPerHour: 2 ** 40,
  },
  frameworks: { python: { default: "python3" } },
  driver: { libcuda: undefined, libnvidiaMl: undefined, refreshSeconds: 15, timeoutSeconds: 30 },
};

/** What there is on a host, as far as it is not usual. */
export interface Host {
  readonly records: readonly RunRecord[];
  readonly targets?: readonly Target[];
  readonly gpus?: readonly number[];
  readonly listing?: Partial<Listing>;
  readonly points?: readonly TimedDuration[];
  readonly baselineSeconds?: number;
  readonly configText?: string;
}

/** The page's data of a host on which these runs ended, one after the other. */
export function viewHost(host: Host): StatusView {
  return openHost(host)();
}

/** The same, made whenever it is asked for. */
export function openHost(host: Host): () => StatusView {
  const { records, gpus = [0], points = [], baselineSeconds, configText = CONFIG.text } = host;
  const history = createHistory({ limit: 50 });
  for (const record of records) history.add(record);
  const targets = host.targets ?? [...new Set(records.map(({ target }) => target))];
  const sources: StatusSources = {
    atSeconds: clock.wallSeconds(),
    hostname: "gpu-host-1",
    backend: "nvidia",
    paused: undefined,
    listing: makeListing(gpus, host.listing),
    config: { ...CONFIG, text: configText, probes: targets.map(({ probe }) => probe) },
    targets,
    history,
    points: () => points,
    baselineSeconds: () => baselineSeconds,
    nextAtSeconds: () => clock.wallSeconds() + 18,
  };
  return () => makeStatusView(sources);
}

/** A run that sent these samples, and succeeded. */
export function makeSampledRun(target: Target, samples: readonly Sample[]): RunRecord {
  return makeRun(target, clock, makeSampledEnd(clock, samples));
}

/** One good run of every kind of the default config on each of these GPUs. */
export function makeAllRuns(gpus: readonly number[]): readonly RunRecord[] {
  const holders = [
    { pid: 4711, bytes: 5e9, labels: { container_id: "9c1185a5c5e9fc54612808977ee8f548" } },
  ];
  const memory = gpus.flatMap((gpu) => memorySamples({ gpu, gpuUuid: uuidOf(gpu) }, holders));
  return [
    makeSampledRun(makeTarget(undefined, { kind: processMemory }), memory),
    ...gpus.flatMap((gpu) => [
      makeRun(makeTarget(gpu, { kind: coldStart }), clock),
      makeSampledRun(makeTarget(gpu, { kind: footprint }), footprintSamples()),
      makeSampledRun(makeTarget(gpu, { kind: functionIpc }), functionIpcSamples()),
      makeSampledRun(makeTarget(gpu, { kind: cudaIpc }), cudaIpcSamples()),
    ]),
  ];
}

/** Good starts over the day until now, each so long. */
export function makePoints(seconds: (ageSeconds: number) => number): readonly TimedDuration[] {
  return Array.from({ length: 1440 }, (_, index) => {
    const ageSeconds = (1439 - index) * 60;
    return {
      atSeconds: clock.wallSeconds() - ageSeconds,
      durationSeconds: seconds(ageSeconds),
    };
  });
}

/** HTML as a person reads it: without tags, blanks folded. */
export function read(html: string): string {
  const [, body = html] = html.split("<body>");
  return body
    .replaceAll(/<svg[^]*?<\/svg>/g, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
