import { describe, expect, it } from "vitest";
import { devicesSection } from "../../../src/http/page/devices-section.ts";
import { cudaIpc } from "../../../src/probes/cuda-ipc.ts";
import { footprint } from "../../../src/probes/footprint.ts";
import { functionIpc } from "../../../src/probes/function-ipc.ts";
import { processMemory } from "../../../src/probes/process-memory.ts";
import { makeTarget, uuidOf } from "../../metrics/records.ts";
import { footprintSamples } from "../../support/footprint-samples.ts";
import { cudaIpcSamples, functionIpcSamples } from "../../support/ipc-samples.ts";
import { memorySamples, type ListedProcess } from "../../support/memory-samples.ts";
import { makeSampledRun, read, viewHost } from "./host.ts";

const HOSTILE = `</th><script>alert('1')</script>\u202E"`;

function drawMemory(processes: readonly ListedProcess[]): string {
  const target = makeTarget(undefined, { kind: processMemory });
  const samples = memorySamples({ gpu: 0, gpuUuid: uuidOf(0) }, processes);
  return devicesSection(viewHost({ records: [makeSampledRun(target, samples)] }))?.html ?? "";
}

function drawFootprint(mps: boolean): string {
  const target = makeTarget(0, { kind: footprint, options: { mps: String(mps) } });
  const run = makeSampledRun(target, footprintSamples({ mps }));
  return read(devicesSection(viewHost({ records: [run] }))?.html ?? "");
}

describe("a GPU's memory", () => {
  it("is shown as a bar, and with the processes that hold it, the largest first", () => {
    const html = drawMemory([
      { pid: 7, bytes: 2 ** 30 },
      { pid: 8, bytes: 2 ** 32, labels: { container_id: "9c1185a5c5e9fc54612808977ee8f548" } },
    ]);
    expect(html).toContain("<title>Who holds it</title>");
    expect(html).toContain("python3 8 4 GiB, python3 7 1 GiB");
    expect(read(html)).toContain("Used 9.31 GiB Reserved 954 MiB Free 64.3 GiB Total 74.5 GiB");
    expect(read(html)).toContain(
      "Process PID Container or owner Memory python3 compute 8 container 9c1185a5c5e9 4 GiB python3 compute 7 – 1 GiB",
    );
  });

  it("has a table with a header for each row and column", () => {
    const html = drawMemory([{ pid: 7, bytes: 1 }]);
    expect(html).toMatch(/<caption class="unseen">\s*Processes on this GPU\s*<\/caption>/);
    expect(html.match(/<th scope="col"/g)).toHaveLength(4);
    expect(html.match(/<th scope="row"/g)).toHaveLength(1);
  });

  it("has all processes, those beyond eight a click away", () => {
    const processes = Array.from({ length: 30 }, (_, index) => ({ pid: index + 1, bytes: 1e6 }));
    const html = drawMemory(processes);
    expect(html.match(/<th scope="row"/g)).toHaveLength(30);
    expect(html).toContain("<summary>22 more</summary>");
  });

  it("takes what a process calls itself for text, and nothing else", () => {
    const html = drawMemory([{ pid: 7, bytes: 1, labels: { process_name: HOSTILE } }]);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("\u202E");
    expect(read(html)).toContain("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;?&quot;");
  });

  it("says so where no process holds any", () => {
    expect(read(drawMemory([]))).toContain("The driver lists no process here.");
  });
});

describe("what a function takes", () => {
  it("is its footprint, the runtime's share of that, and how many more fit", () => {
    expect(drawFootprint(false)).toContain(
      "Footprint 520 MiB Runtime share 99.6 % Room for 141 more",
    );
    expect(drawFootprint(false)).toContain("By phase: context +518 MiB, allocate +2 MiB");
    expect(drawFootprint(false)).not.toContain("MPS server");
  });

  it("has the server's share apart under MPS", () => {
    expect(drawFootprint(true)).toContain("MPS server 68 MiB");
  });
});

describe("passing data on", () => {
  const records = [
    makeSampledRun(makeTarget(0, { kind: functionIpc }), functionIpcSamples()),
    makeSampledRun(makeTarget(0, { kind: cudaIpc }), cudaIpcSamples({ sizes: [2 ** 20] })),
  ];
  const html = devicesSection(viewHost({ records }))?.html ?? "";

  it("is a row a size and a column a way, with time and rate", () => {
    const text = read(html);
    expect(text).toContain(
      "Size shm pinned function_ipc legacy first cuda_ipc legacy reuse cuda_ipc",
    );
    expect(text).toContain("1 MiB 165 µs 6.36 GB/s 111 µs 9.44 GB/s 5.05 µs 208 GB/s");
  });

  it("has a dash where a way was not measured with a size", () => {
    expect(read(html)).toMatch(/4 KiB 18\.\d+ µs 0\.\d+ GB\/s – –/);
  });
});
