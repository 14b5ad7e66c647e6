import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { launchersAhead } from "../support/launchers-ahead.ts";
import { isRunning } from "../support/runs.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes: [{ name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s }]\n`;

test.each(["SIGTERM", "SIGKILL"] as const)(
  "between runs a launcher waits for the next one, and ends with the daemon: %s",
  async (signal) => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    await daemon.logged(["run succeeded"]);
    const pid = await until("a launcher that waits", () => launchersAhead(daemon.pid)[0]);
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).toMatch(/^CUDAPROBE_RUN=[\w-]+\0$/);
    daemon.signal(signal);
    await daemon.ended;
    await until("its end", () => !isRunning(pid));
  },
);
