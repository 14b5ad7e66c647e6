import { html, type Html } from "../base/html.ts";
import { formatSize } from "../base/units.ts";
import type { Device } from "../devices/device.ts";
import { formatUtc } from "../http/times.ts";
import type { Report } from "./report.ts";
import type { Framework } from "./run-framework.ts";
import type { SeriesResult } from "./run-result.ts";

type Fact = readonly [name: string, value: string];

/** All that is needed to read the figures later: what ran, when, on which GPU, driver and host. */
export function factsList({ result, origin }: Report): Html {
  const { device, kind, options, details, framework } = result;
  const facts: readonly Fact[] = [
    ["Command", origin.command],
    ["Made", `${formatUtc(origin.atSeconds)} UTC, by cudaprobe ${origin.version}`],
    ["Kind", kind],
    ["Options", formatOptions({ ...options, ...details })],
    ["Framework", framework === undefined ? "" : describeFramework(framework)],
    ...(device === undefined ? [] : deviceFacts(device)),
    ...driverFacts(result),
    ["Host", origin.hostname],
    ...hostFacts(result),
    ["Node", origin.nodeVersion],
  ];
  const known = facts.filter(([, value]) => value !== "");
  return html`<dl class="card facts">
    ${known.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function formatOptions(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
}

function describeFramework({ version, python }: Framework): string {
  return `${version}, with Python ${python}`;
}

function deviceFacts(device: Device): readonly Fact[] {
  const { memoryTotalBytes: bytes } = device;
  return [
    ["GPU", `${String(device.gpu)}: ${device.name}`],
    ["UUID", device.gpuUuid],
    ["MIG instance", device.migUuid],
    ["Memory", bytes === undefined ? "" : formatSize(bytes)],
    ["PCI bus", device.pciBusId],
    ["Persistence mode", device.persistenceMode],
    ["Compute mode", device.computeMode.replaceAll("_", " ")],
  ];
}

function driverFacts({ driver }: SeriesResult): readonly Fact[] {
  if (driver === undefined) return [];
  const { backend, driverVersion, cudaVersion, nvmlVersion, libcuda } = driver;
  return [
    ["Driver", `${driverVersion}${backend === "emulator" ? " (EMULATED)" : ""}`],
    ["CUDA", cudaVersion],
    ["NVML", nvmlVersion],
    ["Library", libcuda],
  ];
}

function hostFacts({ host }: SeriesResult): readonly Fact[] {
  return [
    [
      "System",
      `${host.distribution} ${host.distributionVersion}, kernel ${host.kernel}, ${host.architecture}`,
    ],
    ["Processor", host.cpuModel],
    ["Virtualization", host.virtualization],
  ];
}
