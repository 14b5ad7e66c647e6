import { IPC_TRANSFER, medianName, ratioName } from "./medians.ts";
import { makeAlert, ON_GPU, span, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** One alert for all sizes of a transfer: the worst of them. */
export function ipcAlerts(settings: Settings): readonly AlertRule[] {
  const { ratio, minimumSeconds, for: pending } = settings.ipc;
  const recent = medianName(settings, IPC_TRANSFER, "slow");
  const past = medianName(settings, IPC_TRANSFER, "past");
  const window = span(settings, settings.windows.slow);
  const before = span(settings, settings.windows.past);
  const alert = makeAlert(settings, {
    name: "CudaprobeIpcRegression",
    severity: "warning",
    expr: `max without (size_bytes) (
  ${ratioName(settings, IPC_TRANSFER, "slow")}
  and
  ${recent} - ${past} > ${minimumSeconds}
) > ${ratio}`,
    for: pending,
    summary: "Passing data on takes longer than in the week before.",
    description:
      `The median time to pass data on ({{ $labels.probe }}, {{ $labels.mechanism }}, {{ $labels.use }}) over ${window} from ${ON_GPU}` +
      `{{ with $labels.peer_gpu_uuid }} to {{ . }}{{ end }} is {{ printf "%.2f" $value }} times that of the ${before} before, for the worst size.`,
  });
  return [alert];
}
