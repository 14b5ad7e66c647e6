import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportPage } from "../../src/commands/report-page.ts";
import type { Report } from "../../src/commands/report.ts";
import { startBrowser } from "../support/browser.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const HOSTILE = `</title></style><script>document.title = "&amp;owned"</script><img src=x onerror="alert('1')">`;

const REPORT: Report = {
  result: {
    kind: "cold_start",
    options: { runtime: HOSTILE },
    device: {
      gpu: 0,
      gpuUuid: "GPU-1",
      migUuid: "",
      name: HOSTILE,
      pciBusId: "",
      computeMode: "default",
      persistenceMode: "enabled",
      migMode: "unsupported",
      memoryTotalBytes: undefined,
      memoryUsedBytes: undefined,
      memoryFreeBytes: undefined,
      memoryReservedBytes: undefined,
      memoryInfo: "",
      utilizationRatio: undefined,
      processes: undefined,
      recoveryAction: undefined,
      migChangePending: undefined,
      pageRepairPending: undefined,
      pageRepairFailed: undefined,
      pcieLink: {
        generation: undefined,
        width: undefined,
        maxGeneration: undefined,
        maxWidth: undefined,
      },
    },
    driver: undefined,
    host: {
      distribution: HOSTILE,
      distributionVersion: "",
      kernel: "",
      architecture: "",
      cpuModel: HOSTILE,
      virtualization: "",
    },
    iterations: [
      { atSeconds: 1, outcome: "failure", message: HOSTILE, cacheMiss: false, figures: [] },
    ],
    summary: [],
  },
  tables: [{ title: HOSTILE, header: [HOSTILE], rows: [[HOSTILE]] }],
  charts: [
    {
      type: "distribution",
      title: HOSTILE,
      unit: "seconds",
      rows: [{ name: HOSTILE, values: [1] }],
    },
  ],
  cutShort: undefined,
  origin: { command: HOSTILE, version: "1", nodeVersion: "v20", hostname: HOSTILE, atSeconds: 1 },
};

test("whatever a GPU, a host or a process calls itself is text on the page", async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "report.html");
  await writeFile(file, reportPage(REPORT));
  await using browser = await startBrowser();
  await using opened = await browser.open(file, { width: 400 });
  expect(await opened.page.title()).toBe(`cold_start: ${HOSTILE}`);
  expect(await opened.page.locator("script, img, main style").count()).toBe(0);
  const cells = await opened.page.locator("td, th, caption").allTextContents();
  expect(cells.map((cell) => cell.trim())).toEqual([HOSTILE, HOSTILE, HOSTILE]);
  expect(await opened.page.evaluate("document.documentElement.scrollWidth")).toBe(400);
  expect(opened.complaints).toEqual([]);
});

test("a page without an emulator has no banner, and one that was cut short says so", async () => {
  expect(reportPage(REPORT)).not.toContain("EMULATED");
  expect(reportPage(REPORT)).not.toContain("cut short");
  expect(reportPage({ ...REPORT, cutShort: "cut short by SIGINT after 1 of 3 runs" })).toContain(
    "cut short by SIGINT after 1 of 3 runs",
  );
});
