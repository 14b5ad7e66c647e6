import { expect, test } from "vitest";
import { renderRules } from "../../deploy/prometheus/source/files.ts";
import { COLD_START, medianName } from "../../deploy/prometheus/source/medians.ts";
import { SETTINGS, type Settings } from "../../deploy/prometheus/source/settings.ts";
import { startAlertmanager } from "../support/alertmanager.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startPrometheus, type RunningPrometheus, type Sample } from "../support/prometheus.ts";
import { until } from "../support/until.ts";
import { startWebhook, type Notification, type Webhook } from "../support/webhook.ts";

/** What an hour of the rules takes here. */
const HOUR_SECONDS = 12;

/** What is waited for takes two of these hours at most when the machine is idle. */
const LIMIT_SECONDS = 10 * HOUR_SECONDS;

/**
 * The shipped rules in short hours. Rules are evaluated once a second, as often as there is something new; and the past, which
 * takes 18 hours to be one (12 of its steps, and they end where the slow window begins), is one after two.
 */
const RULES: Settings = {
  ...SETTINGS,
  scale: HOUR_SECONDS / 3600,
  evaluation: { every: 300, pastEvery: 300 },
  windows: { ...SETTINGS.windows, slow: 3600, pastStep: 300 },
};

const PAST = medianName(RULES, COLD_START, "past");

/** A start every two seconds: six in a window of an hour. */
const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "*/2 * * * * *", jitter: 0s }
  - { name: memory, kind: process_memory, schedule: "*/2 * * * * *", jitter: 0s }
limits: { duty_cycle: 100% }
`;

/** Making the context is nearly all of a start, and so long that a busy machine changes little of it. */
const CONTEXT_SECONDS = 0.5;

test(
  "a slower making of contexts reaches a webhook as an alert, and so does its end, after an hour without an alert",
  async () => {
    await using emulator = await makeEmulator(latencies(CONTEXT_SECONDS));
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    await using webhook = await startWebhook();
    await using alertmanager = await startAlertmanager(webhook.url);
    const alerting = { rules: renderRules(RULES), alertmanager: alertmanager.address };
    await using prometheus = await startPrometheus(daemon.address, alerting);

    await untilFound(prometheus, `${PAST} offset ${HOUR_SECONDS}s`);
    expect(await firedWithinAnHour(prometheus)).toEqual(["CudaprobeEmulated"]);
    expect(findRegression(webhook, "firing")).toBeUndefined();

    await emulator.configure(latencies(1.6 * CONTEXT_SECONDS));
    const fired = await until("the alert", () => findRegression(webhook, "firing"), LIMIT_SECONDS);
    const [gpu] = await untilFound(prometheus, "cudaprobe_gpu_up");
    const labels = { instance: daemon.address, gpu_uuid: gpu?.labels["gpu_uuid"] };
    expect(fired).toMatchObject({ ...ALERT, labels: { ...ALERT.labels, ...labels } });

    await emulator.configure(latencies(CONTEXT_SECONDS));
    const end = await until("its end", () => findRegression(webhook, "resolved"), LIMIT_SECONDS);
    expect(end.labels).toEqual(fired.labels);
  },
  // Some 65 seconds when the machine is idle.
  4 * LIMIT_SECONDS * 1000,
);

const ALERT = {
  status: "firing",
  labels: {
    alertname: "CudaprobeColdStartRegression",
    severity: "critical",
    gpu: "0",
    probe: "start",
    runtime: "driver",
    job: "cudaprobe",
  },
  annotations: {
    summary: "Cold starts take much longer than in the week before.",
    description: expect.stringMatching(/ of start over 12s on GPU 0 .* is \d\.\d\d times /),
    runbook_url: expect.stringMatching(/\/docs\/runbook\.md#cudaprobecoldstartregression$/),
  },
};

function latencies(contextSeconds: number): readonly string[] {
  return [
    "time_scale = 1",
    "init_seconds = 0.01",
    `context_seconds = ${contextSeconds}`,
    "release_seconds = 0.01",
  ];
}

async function untilFound(
  prometheus: RunningPrometheus,
  expression: string,
): Promise<readonly Sample[]> {
  const find = async () => {
    const found = await prometheus.query(expression);
    return found.length > 0 && found;
  };
  return until(expression, find, LIMIT_SECONDS);
}

/** The names of the alerts that fired at any time in the hour before now. That of the emulator shows that they are seen. */
async function firedWithinAnHour(prometheus: RunningPrometheus): Promise<readonly string[]> {
  const series = `last_over_time(ALERTS{alertstate="firing"}[${HOUR_SECONDS}s])`;
  const found = await prometheus.query(series);
  return found.map(({ labels }) => labels["alertname"] ?? "");
}

/** Its first notification of this status. That of the slow window, a warning, may come and go besides. */
function findRegression(webhook: Webhook, status: string): Notification | undefined {
  const { alertname, severity } = ALERT.labels;
  return webhook.notifications.find(
    (other) =>
      other.status === status &&
      other.labels["alertname"] === alertname &&
      other.labels["severity"] === severity,
  );
}
