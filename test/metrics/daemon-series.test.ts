import { beforeEach, describe, expect, it } from "vitest";
import type { Metrics } from "../../src/metrics/metrics.ts";
import { makeMetrics, samples, value } from "./exposition-text.ts";
import { createClock } from "../support/still-clock.ts";

let metrics: Metrics;

beforeEach(() => {
  metrics = makeMetrics(createClock());
});

describe("the daemon", () => {
  it("says what it is from the start, and nothing else", async () => {
    expect(samples(await metrics.text(), "cudaprobe_")).toEqual([
      'cudaprobe_build_info{version="0.1.0",revision="abc1234",node="v20.20.2"} 1',
    ]);
  });

  it("says where it runs, once it knows", async () => {
    const host = {
      distribution: "Debian GNU/Linux",
      distributionVersion: "12",
      kernel: "6.1.0",
      architecture: "x64",
      cpuModel: "EPYC 9654",
      virtualization: "",
    };
    metrics.setHost(host);
    metrics.setHost({ ...host, kernel: "6.1.1" });
    expect(samples(await metrics.text(), "cudaprobe_host_info{")).toEqual([
      'cudaprobe_host_info{distribution="Debian GNU/Linux",distribution_version="12",' +
        'kernel="6.1.1",architecture="x64",cpu_model="EPYC 9654",virtualization=""} 1',
    ]);
  });

  it("says when it loaded its configuration, also after it could not load another one", async () => {
    metrics.setReload({ successful: true, atSeconds: 1000 });
    metrics.setReload({ successful: false, atSeconds: 2000 });
    const text = await metrics.text();
    expect(value(text, "cudaprobe_config_last_reload_successful")).toBe(0);
    expect(value(text, "cudaprobe_config_last_reload_success_timestamp_seconds")).toBe(1000);
  });
});
