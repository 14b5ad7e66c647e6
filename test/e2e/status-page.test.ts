import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser, type PageView, type RunningBrowser } from "../support/browser.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { findFaintTexts } from "./faint-texts.ts";
import { ONCE } from "./first-run.ts";

const CONFIG = `# A comment with a token: abc
probes:
  - { name: cold_start, kind: cold_start, schedule: "${ONCE}", jit_cache: cold }
  - { name: process_memory, kind: process_memory, schedule: "${ONCE}" }
  - { name: footprint, kind: footprint, schedule: "${ONCE}" }
  - { name: function_ipc, kind: function_ipc, schedule: "${ONCE}", sizes: [4KiB, 1MiB] }
  - { name: cuda_ipc, kind: cuda_ipc, schedule: "${ONCE}", sizes: [4KiB, 1MiB] }
`;

const TENANT = "tenant = gpu=0 pid=1 bytes=4294967296";

/** A host in a state that the page is to show, and what its log and its page say then. */
interface State {
  readonly emulator: readonly string[];
  readonly logged: readonly (readonly string[])[];
  readonly verdict: string;
  readonly says: readonly string[];
}

const STATES: Readonly<Record<string, State>> = {
  healthy: {
    emulator: [TENANT],
    logged: ["cold_start", "process_memory", "footprint", "function_ipc", "cuda_ipc"].map(
      (probe) => ["run succeeded", `probe=${probe} `],
    ),
    verdict: "All 5 targets are well",
    says: ["healthy", "Phases of the last start", "Room for", "4 KiB", "No run has failed"],
  },
  failing: {
    emulator: [TENANT, "fault = call=cuMemAlloc_v2 code=2"],
    logged: [
      ["run succeeded", "probe=process_memory"],
      ...["cold_start", "footprint", "function_ipc", "cuda_ipc"].map((probe) => [
        "run failed",
        `probe=${probe} `,
      ]),
    ],
    verdict: "4 of 5 targets fail",
    says: ["4 failing", "oom in allocate", "CUDA_ERROR_OUT_OF_MEMORY", "No start has succeeded"],
  },
  "without a GPU": {
    emulator: ["fault = call=nvmlInit_v2 code=9"],
    logged: [["no driver answers"]],
    verdict: "No driver answers",
    says: ["no_driver", "NVML_ERROR_DRIVER_NOT_LOADED", "down"],
  },
};

const VIEWS: readonly PageView[] = [1200, 400].flatMap((width) => [
  { width, colorScheme: "light" },
  { width, colorScheme: "dark" },
]);

describe.each(Object.entries(STATES))("the page of a host that is %s", (_, state) => {
  let browser: RunningBrowser;
  let emulator: Awaited<ReturnType<typeof makeEmulator>>;
  let daemon: Awaited<ReturnType<typeof startDaemon>>;
  let url = "";

  beforeAll(async () => {
    emulator = await makeEmulator(state.emulator);
    daemon = await startDaemon({ config: CONFIG, emulator });
    browser = await startBrowser();
    for (const parts of state.logged) await daemon.logged(parts);
    url = `http://${daemon.address}/`;
  });

  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await daemon[Symbol.asyncDispose]();
    await emulator[Symbol.asyncDispose]();
  });

  test.each(VIEWS)("is whole at a width of $width in $colorScheme", async (view) => {
    await using opened = await browser.visit(url, view);
    const { page, complaints } = opened;
    expect(await page.locator(".sentence").textContent()).toBe(state.verdict);
    const text = await page.locator("body").textContent();
    for (const part of state.says) expect(text).toContain(part);
    expect(text?.trim()).toMatch(/^EMULATED/);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(view.width);
    expect(await page.evaluate(findFaintTexts)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("says the same without JavaScript, and opens what is closed", async () => {
    await using opened = await browser.visit(url, { width: 400, javaScript: false });
    const config = opened.page.locator("details", { hasText: "as it was loaded" });
    await config.locator("summary").click();
    await expect.poll(async () => config.locator("pre").isVisible()).toBe(true);
    expect(await config.locator("pre").textContent()).toBe(
      CONFIG.replace("token: abc", "token: <redacted>"),
    );
    expect(await opened.page.locator(".sentence").textContent()).toBe(state.verdict);
    expect(opened.complaints).toEqual([]);
  });

  test("has one first heading, names for its plots and headers in its tables", async () => {
    await using opened = await browser.visit(url, { javaScript: false });
    const { page } = opened;
    expect(await page.locator("h1").count()).toBe(1);
    const count = async (selector: string): Promise<number> => page.locator(selector).count();
    expect(await count("svg:not(:has(> title))")).toBe(0);
    expect(await count("table:not(:has(> caption))")).toBe(0);
    expect(await count("thead th:not([scope=col]), tbody tr:not(:has(> th[scope=row]))")).toBe(0);
  });
});
