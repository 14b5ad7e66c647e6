import { formatExactSize } from "../base/units.ts";
import type { RunEnd } from "../runner/run.ts";
import { medianOf, readTransfers, type Transfer } from "./ipc-report.ts";
import type { Figure } from "./kind.ts";
import { samplesOf } from "./samples.ts";

/** By size and use: the phases and the whole, each the run's median; and what the sizes took of the GPU, where that is known. */
export function ipcFigures(end: RunEnd): readonly Figure[] {
  return [
    ...readTransfers([end]).flatMap(transferFigures),
    ...samplesOf(end, "mapped_bytes").map(({ labels, value }): Figure => {
      const { size_bytes: sizeBytes = "" } = labels;
      const name = `${formatExactSize(Number(sizeBytes))} mapped`;
      return { name, value, unit: "bytes", labels: { size_bytes: sizeBytes } };
    }),
  ];
}

function transferFigures(transfer: Transfer): readonly Figure[] {
  const { sizeBytes, use, peerGpuUuid, seconds, phases } = transfer;
  const to = peerGpuUuid === "" ? "" : ` to ${peerGpuUuid}`;
  const name = `${formatExactSize(sizeBytes)} ${use}${to}`;
  const labels = { size_bytes: String(sizeBytes), use, peer_gpu_uuid: peerGpuUuid };
  return [
    ...phases.map((phase): Figure => ({
      name: `${name} ${phase.phase}`,
      value: medianOf(phase.seconds),
      unit: "seconds",
      labels: { ...labels, phase: phase.phase },
    })),
    { name, value: medianOf(seconds), unit: "seconds", labels },
  ];
}
