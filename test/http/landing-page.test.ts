import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { landingPage } from "../../src/http/landing-page.ts";
import type { LastRun, StatusView, TargetStatus } from "../../src/http/status.ts";
import { createTestLogger, EMPTY_STATUS, makeModules, serve } from "./modules.ts";

const options = { version: "0.1.0", telemetryPath: "/metrics" };

const driver = {
  backend: "nvidia",
  driverVersion: "580.95.05",
  nvmlVersion: "13.580.95.05",
  cudaVersion: "13.0",
  libcuda: "/usr/lib/libcuda.so.1",
  libnvidiaMl: "/usr/lib/libnvidia-ml.so.1",
} as const;

const success: LastRun = {
  outcome: "success",
  reason: undefined,
  phase: undefined,
  code: undefined,
  message: undefined,
  atSeconds: EMPTY_STATUS.atSeconds - 42,
  durationSeconds: 0.2081,
};

const target: TargetStatus = {
  probe: "cold_start",
  kind: "cold_start",
  schedule: "*/5 * * * *",
  device: { gpu: 0, uuid: "GPU-1234", name: "NVIDIA H100" },
  last: success,
  nextAtSeconds: EMPTY_STATUS.atSeconds + 18,
};

/** The page's text as a person reads it: without tags, blanks folded. */
function read(view: Partial<StatusView>): string {
  const page = landingPage(options, { ...EMPTY_STATUS, ...view });
  const [, body = ""] = page.split("<body>");
  return body.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

describe("the status page", () => {
  it("says its name and version, and leads to the rest", () => {
    const page = landingPage({ ...options, telemetryPath: "/gpu" }, EMPTY_STATUS);
    expect(page).toContain("<title>gpu-host-1: cudaprobe</title>");
    expect(page).toContain("cudaprobe 0.1.0");
    expect(page).toContain('<a href="/gpu">');
    expect(page).toContain('<a href="/-/ready">');
    expect(page).toContain('<a href="/api/runs">');
    expect(page).toContain(
      '<a href="https://github.com/cudaprobe/cudaprobe/blob/main/docs/runbook.md">',
    );
  });

  it("shows a driver that is up with its versions, and no banner", () => {
    const text = read({ up: true, backend: "nvidia", driver });
    expect(text).toContain("up Backend nvidia Driver 580.95.05 CUDA 13.0 NVML 13.580.95.05");
    expect(text).not.toContain("EMULATED");
  });

  it("shows why the driver is down", () => {
    const fault = {
      reason: "driver_mismatch",
      code: "NVML_ERROR_LIB_RM_VERSION_MISMATCH",
      message: "library 580.95 and kernel module 570.10 differ",
    } as const;
    expect(read({ up: false, fault })).toContain(
      "No driver answers driver_mismatch NVML_ERROR_LIB_RM_VERSION_MISMATCH : library 580.95 and kernel module 570.10 differ",
    );
  });

  it("does not call a driver down that was not looked for yet", () => {
    expect(read({})).toContain("not looked for yet");
  });

  it("warns of an emulator before anything else", () => {
    const text = read({
      up: true,
      backend: "emulator",
      driver: { ...driver, backend: "emulator" },
    });
    expect(text.trimStart()).toMatch(/^EMULATED No GPU is measured here/);
  });

  it("shows a target with its last and its next run", () => {
    const text = read({ targets: [target] });
    expect(text).toContain("1 target: 1 success");
    expect(text).toContain("cold_start 0 */5 * * * * success 42 s ago 208 ms in 18 s");
  });

  it("shows why and where a run failed", () => {
    const last: LastRun = {
      ...success,
      outcome: "failure",
      reason: "oom",
      phase: "allocate",
      code: "CUDA_ERROR_OUT_OF_MEMORY",
      message: "64 MiB were asked for",
    };
    const text = read({ targets: [{ ...target, probe: "big", last }, target] });
    expect(text).toContain("2 targets: 1 failure, 1 success");
    expect(text).toContain(
      "big cold_start 0 */5 * * * * failure oom in allocate CUDA_ERROR_OUT_OF_MEMORY 64 MiB were asked for",
    );
  });

  it("does not repeat an outcome as its reason", () => {
    const last: LastRun = { ...success, outcome: "timeout", reason: "timeout", phase: "init" };
    expect(read({ targets: [{ ...target, last }] })).toContain("timeout in init 42 s ago");
  });

  it("shows targets of the host, targets that never ran and a run that is due", () => {
    const targets: readonly TargetStatus[] = [
      { ...target, device: undefined, last: undefined, nextAtSeconds: EMPTY_STATUS.atSeconds - 3 },
      { ...target, last: { ...success, outcome: "not_started", durationSeconds: undefined } },
      { ...target, nextAtSeconds: undefined },
    ];
    const text = read({ targets });
    expect(text).toContain("3 targets: 1 not run yet, 1 not started, 1 success");
    expect(text).toContain("cold_start host */5 * * * * not run yet – – now");
    expect(text).toContain("not started 42 s ago – in 18 s");
    expect(text).toContain("208 ms –");
  });

  it("says so when there is nothing to run", () => {
    expect(read({ up: true })).toMatch(/No probe is configured .* Probes Nothing to run: no probe/);
    expect(read({ up: true, configuredProbes: 1 })).toContain(
      "Nothing to run: no probe is configured for a GPU that answers.",
    );
  });

  it("escapes everything that comes from elsewhere", () => {
    const evil = `"><script>alert('&')</script>`;
    const failure: LastRun = {
      ...success,
      outcome: "failure",
      code: evil,
      message: evil,
      phase: evil,
    };
    const page = landingPage(
      { version: evil, telemetryPath: evil },
      {
        ...EMPTY_STATUS,
        hostname: evil,
        backend: "nvidia",
        up: false,
        fault: { reason: "unknown", code: evil, message: evil },
        driver: { ...driver, driverVersion: evil, libcuda: evil },
        configFile: evil,
        configText: evil,
        lost: [{ gpu: 1, reason: "unknown", code: evil }],
        runs: [{ ...failure, probe: evil, device: { gpu: 0, uuid: evil, name: evil } }],
        failures: [
          {
            ...failure,
            probe: evil,
            device: undefined,
            runId: evil,
            transcript: [evil],
            stderr: evil,
          },
        ],
        targets: [
          {
            probe: evil,
            kind: evil,
            schedule: evil,
            device: { gpu: 0, uuid: evil, name: evil },
            last: failure,
            nextAtSeconds: undefined,
          },
        ],
      },
    );
    expect(page).not.toMatch(/<script>/);
    expect(page).not.toContain("alert('");
    expect(page.match(/&lt;script&gt;alert\(&#39;&amp;&#39;\)/g)?.length).toBeGreaterThan(30);
  });

  it("has the one style sheet that its policy allows, and scripts of the daemon's own alone", async () => {
    const { url, close } = await serve(makeModules(createTestLogger().logger));
    const response = await fetch(url);
    const page = await response.text();
    await close();
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain(
      `style-src 'self' 'sha256-${hash}'; script-src 'self'; connect-src 'self';`,
    );
    expect(page).not.toMatch(
      /<script(?! (?:defer|type="module") src="\/assets\/[a-z-]+\.js"><)| style="| on[a-z]+="/,
    );
    expect(page).not.toMatch(/(?:src|href)="https?:(?!\/\/github\.com\/cudaprobe\/)/);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });
});
