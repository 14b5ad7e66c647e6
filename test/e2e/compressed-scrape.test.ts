import { expect, test } from "vitest";
import { curl } from "../support/curl.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

test.each([
  ["text", "text/plain", /\nprocess_cpu_seconds_total \S+\n[^]*\n$/],
  [
    "OpenMetrics",
    "application/openmetrics-text",
    /\nprocess_cpu_seconds_total \S+\n[^]*\n# EOF\n$/,
  ],
])("curl decodes all of a compressed scrape: %s", async (_format, accept, whole) => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: "probes: []\n", emulator });
  const args = ["--compressed", "--header", `Accept: ${accept}`];
  const { headers, text } = await curl(`http://${daemon.address}/metrics`, args);
  expect(headers.get("content-encoding")).toBe("gzip");
  expect(text).toContain("cudaprobe_build_info{");
  expect(`${text}\n`).toMatch(whole);
});
