import { expect, it } from "vitest";
import { parseProbeRequest } from "../../src/http/probe-request.ts";

it.each([
  [{ probe: "a" }, undefined, { probe: "a", debug: false, limitSeconds: undefined }],
  [{ probe: "a", gpu: "0" }, "10", { probe: "a", gpu: 0, debug: false, limitSeconds: 9.5 }],
  [
    { probe: "a", gpu: "GPU-1f", debug: "true" },
    "1.5",
    { gpu: "GPU-1f", debug: true, limitSeconds: 1 },
  ],
  [{ probe: "a", debug: "false" }, "0.75", { debug: false, limitSeconds: 0.25 }],
])("reads %j with the timeout %s", (query, timeout, request) => {
  expect(parseProbeRequest(query, timeout)).toMatchObject({ ok: true, value: request });
});

it.each([
  [{}, "probe must be given"],
  [{ gpu: "0" }, "probe must be given"],
  [{ probe: ["a", "a"] }, "probe must be given, and once"],
  [{ probe: "a", gpu: ["0", "1"] }, "gpu must be one"],
  [{ probe: "a", gpu: "" }, "gpu must be one"],
  [{ probe: "a", gpu: "-1" }, "gpu must be one"],
  [{ probe: "a", gpu: "all" }, "gpu must be one"],
  [{ probe: "a", debug: "yes" }, "debug must be true or false"],
  [{ probe: "a", debug: ["true", "true"] }, "debug must be true or false"],
  [{ probe: "a", argv: "/bin/sh" }, "only probe, gpu and debug"],
  [{ probe: "a", __proto__: null, timeout: "1h" }, "only probe, gpu and debug"],
])("refuses %j", (query, message) => {
  const parsed = parseProbeRequest(query, undefined);
  expect(parsed).toMatchObject({ ok: false, error: expect.stringContaining(message) });
});

it.each(["", "0", "0.5", "-3", "ten", "1e3", " 10", "Infinity", "NaN", "9".repeat(400)])(
  "refuses the timeout %j",
  (timeout) => {
    const parsed = parseProbeRequest({ probe: "a" }, timeout);
    expect(parsed).toMatchObject({
      ok: false,
      error: expect.stringContaining("X-Prometheus-Scrape-Timeout-Seconds"),
    });
  },
);
