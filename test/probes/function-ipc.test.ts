import { describe, expect, it } from "vitest";
import { functionIpc } from "../../src/probes/function-ipc.ts";
import { functionIpcSamples } from "../support/ipc-samples.ts";
import { probeContext } from "../support/probe-context.ts";
import { successfulEnd } from "../support/run-ends.ts";

const measurement = functionIpc.measurement({});
const end = successfulEnd({ samples: functionIpcSamples() });
const LABELS = { probe: "p", mechanism: "shm", memory: "pinned" };

function observed(options = {}, samples = functionIpcSamples(), cacheMiss = false) {
  const run = { probe: "p", end: successfulEnd({ samples }), cacheMiss };
  return functionIpc.measurement(options).observe(run);
}

function ofFamily(family: string, observations = observed()) {
  return observations.filter((observation) => observation.family === family);
}

describe("the command line of function IPC", () => {
  const context = probeContext({
    gpuUuid: "GPU-a",
    peerGpuUuids: ["GPU-b", "GPU-c"],
    libcuda: "/c.so",
    libnvidiaMl: "/n.so",
  });

  it("has everything that is to be done, in bytes and ascending", () => {
    const options = { mechanism: "tcp", memory: "pageable", sizes: "1MiB,4KiB", samples: "20" };
    expect(functionIpc.measurement(options).args(context)).toEqual([
      "--device=GPU-a",
      "--mechanism=tcp",
      "--memory=pageable",
      "--sizes=4096,1048576",
      "--samples=20",
      "--libcuda=/c.so",
      "--libnvidia_ml=/n.so",
    ]);
  });

  it("names the other GPUs only when they are asked for, and lets only those be seen that take part", () => {
    const { args, env } = functionIpc.measurement({ between_gpus: "true" });
    expect(args(context)).toContain("--peers=GPU-b,GPU-c");
    expect(env(context)).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-a,GPU-b,GPU-c" });
    expect(measurement.args(context).join(" ")).not.toContain("--peers");
    expect(measurement.env(context)).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-a" });
    const alone = { ...context, peerGpuUuids: [] };
    expect(args(alone).join(" ")).not.toContain("--peers");
  });

  it.each([
    [{ sizes: ["4KiB", "1GiB"], samples: 100 }, true],
    [{ sizes: "2B" }, false],
    [{ sizes: "6B" }, false],
    [{ sizes: "2GiB" }, false],
    [{ samples: "4" }, false],
    [{ samples: "101" }, false],
    [{ mechanism: "legacy" }, false],
    [{ memory: "unified" }, false],
    [{ between_gpus: "some" }, false],
  ])("takes the options of a command line, such as %j: %s", (options, accepted) => {
    expect(functionIpc.parse(options).ok).toBe(accepted);
  });

  it("asks for three times the largest size of memory", () => {
    expect(functionIpc.measurement({ sizes: "4KiB,1MiB" }).memoryBytes).toBe(3 * 2 ** 20);
  });
});

describe("the observations of function IPC", () => {
  it("have every sample in the histograms, which are there at zero", () => {
    const samples = ofFamily("cudaprobe_ipc_transfer_duration_seconds");
    expect(samples).toHaveLength(5 * 5);
    expect(samples[0]).toEqual({
      family: "cudaprobe_ipc_transfer_duration_seconds",
      labels: { ...LABELS, size_bytes: "4096", use: "stream" },
      value: expect.closeTo(16.57e-6, 7),
    });
    const series = new Set(samples.map(({ labels }) => JSON.stringify(labels)));
    const zeros = measurement.zeros("p").map(({ labels }) => JSON.stringify(labels));
    expect(series).toEqual(new Set(zeros));
  });

  it("have the medians of the whole and of its legs, and what it moves a second", () => {
    const labels = { ...LABELS, size_bytes: "67108864", use: "stream", peer_gpu_uuid: "" };
    const whole = 18e-6 + 2 ** 26 * (2 / 50e9 + 1 / 10e9);
    expect(ofFamily("cudaprobe_ipc_transfer_last_duration_seconds").at(-1)).toMatchObject({
      labels,
      value: expect.closeTo(whole, 9),
    });
    expect(ofFamily("cudaprobe_ipc_bandwidth_bytes_per_second").at(-1)).toMatchObject({
      labels,
      value: expect.closeTo(2 ** 26 / whole, 0),
    });
    const legs = ofFamily("cudaprobe_ipc_phase_last_duration_seconds").slice(-3);
    expect(legs.map(({ labels: { phase } }) => phase)).toEqual([
      "device_to_host",
      "transport",
      "host_to_device",
    ]);
  });

  it("have the host's link from the largest size, and its generation and width", () => {
    const rate = 2 ** 26 / (8e-6 + 2 ** 26 / 50e9);
    expect(ofFamily("cudaprobe_host_link_bytes_per_second")).toMatchObject([
      { labels: { probe: "p", direction: "device_to_host" }, value: expect.closeTo(rate, 0) },
      { labels: { probe: "p", direction: "host_to_device" }, value: expect.closeTo(rate, 0) },
    ]);
    expect(ofFamily("cudaprobe_ipc_link_info")).toMatchObject([
      { labels: { probe: "p", peer_gpu_uuid: "", link: "pcie", generation: "5", width: "16" } },
    ]);
  });

  it.each([
    [{}, 0],
    [{ generation: "1" }, 1],
    [{ width: "8" }, 1],
    [{ max_width: "" }, undefined],
    [{ max_generation: "" }, undefined],
  ])("say whether the host's link is down-trained: %j is %s", (labels, value) => {
    const samples = functionIpcSamples().map((sample) =>
      sample.name === "link" ? { ...sample, labels: { ...sample.labels, ...labels } } : sample,
    );
    const family = "cudaprobe_host_link_downtrained";
    const expected = value === undefined ? [] : [{ family, labels: { probe: "p" }, value }];
    expect(ofFamily(family, observed({}, samples))).toEqual(expected);
  });

  it("say nothing of the host's link from pageable memory, which is slower than it", () => {
    const pageable = observed({ memory: "pageable" });
    expect(ofFamily("cudaprobe_host_link_bytes_per_second", pageable)).toEqual([]);
    expect(pageable[0]?.labels["memory"]).toBe("pageable");
  });

  it("keep other GPUs out of the histograms and of the host's link, and name them in the gauges", () => {
    const peer = functionIpcSamples({ peerGpuUuid: "GPU-b" });
    const observations = observed({ between_gpus: true }, [
      ...peer.filter(({ name }) => name !== "link"),
      { name: "peer_link", value: 1, labels: { peer_gpu_uuid: "GPU-b", link: "nvlink" } },
    ]);
    expect(ofFamily("cudaprobe_ipc_transfer_duration_seconds", observations)).toEqual([]);
    expect(ofFamily("cudaprobe_host_link_bytes_per_second", observations)).toEqual([]);
    const gauges = ofFamily("cudaprobe_ipc_transfer_last_duration_seconds", observations);
    expect(gauges.map(({ labels }) => labels["peer_gpu_uuid"])).toEqual(Array(5).fill("GPU-b"));
    expect(ofFamily("cudaprobe_ipc_link_info", observations)).toMatchObject([
      { labels: { peer_gpu_uuid: "GPU-b", link: "nvlink", generation: "", width: "" } },
    ]);
  });

  it("keep a run with an empty cache out of the histograms alone", () => {
    const missed = observed({}, functionIpcSamples(), true);
    expect(ofFamily("cudaprobe_ipc_transfer_duration_seconds", missed)).toEqual([]);
    expect(ofFamily("cudaprobe_ipc_transfer_last_duration_seconds", missed)).toHaveLength(5);
  });

  it("are none when nothing was said", () => {
    expect(observed({}, [])).toEqual([]);
    expect(measurement.figures(successfulEnd({}))).toEqual([]);
    expect(measurement.tables?.([successfulEnd({})])).toEqual([]);
  });
});

describe("the figures of function IPC", () => {
  it("are the legs and the whole of each size, told apart by name and by labels", () => {
    const figures = measurement.figures(end);
    expect(figures).toHaveLength(5 * 4);
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    expect(figures.slice(0, 4).map(({ name }) => name)).toEqual([
      "4 KiB stream device_to_host",
      "4 KiB stream transport",
      "4 KiB stream host_to_device",
      "4 KiB stream",
    ]);
    expect(figures[0]).toMatchObject({
      unit: "seconds",
      labels: { size_bytes: "4096", use: "stream", peer_gpu_uuid: "", phase: "device_to_host" },
    });
  });
});
