import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTarget } from "../metrics/records.ts";
import { startBrowser, type RunningBrowser } from "../support/browser.ts";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { ONCE } from "./first-run.ts";
import { everyMinute, serveColdStarts } from "./served-cold-starts.ts";

const CONFIG = `probes:
  - { name: cold_start, kind: cold_start, schedule: "* * * * * *" }
  - { name: compiling, kind: cold_start, jit_cache: cold, schedule: "* * * * * *" }
`;

/** The first colour of the plots (src/plots/plot-style.ts). */
const FIRST_COLOUR = { light: [0x2f, 0x6d, 0xb5], dark: [0x6a, 0xa9, 0xf0] } as const;

const SECOND_COLOUR = [0xe0, 0x8a, 0x1e];

let browser: RunningBrowser;
let emulator: EmulatorDirectory;
let daemon: RunningDaemon;
let url = "";

beforeAll(async () => {
  browser = await startBrowser();
  emulator = await makeEmulator();
  daemon = await startDaemon({ config: CONFIG, emulator });
  url = `http://${daemon.address}/`;
  // The first run of a warm cache compiles its kernel and is no point.
  let line = 0;
  for (let runs = 0; runs < 4; runs += 1) {
    line = (await daemon.logged(["run succeeded", "probe=cold_start"], line)) + 1;
  }
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await daemon[Symbol.asyncDispose]();
  await emulator[Symbol.asyncDispose]();
});

/** How many pixels of the chart are of a colour, half of them at least, from one part of its width to another. Of an oblique line none may be whole. */
async function painted(
  page: Page,
  colour: readonly number[],
  [from, to]: readonly [number, number] = [0, 1],
): Promise<number> {
  const count = await page.evaluate(`(() => {
    const canvas = document.querySelector("#history-chart canvas");
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const left = Math.round(canvas.width * ${from});
    const width = Math.round(canvas.width * ${to}) - left;
    const { data } = context.getImageData(left, 0, width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const isNear = ${JSON.stringify(colour)}.every((part, index) => Math.abs(data[at + index] - part) < 8);
      if (isNear && data[at + 3] >= 128) count += 1;
    }
    return count;
  })()`);
  return Number(count);
}

describe("the chart of the last 24 hours", () => {
  it("draws every target's cold starts, and nobody complains", async () => {
    await using opened = await browser.visit(url);
    const { page, complaints } = opened;
    await page.locator("#history-chart canvas").waitFor();
    const names = await page.locator("#history-chart .u-legend .u-label").allTextContents();
    expect(names).toEqual(["UTC", "cold_start, GPU 0", "compiling, GPU 0"]);
    await expect.poll(async () => painted(page, FIRST_COLOUR.light)).toBeGreaterThan(0);
    expect(await painted(page, FIRST_COLOUR.dark)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("is under a policy that lets in nothing else", async () => {
    await using opened = await browser.visit(url);
    await opened.page.evaluate(`(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
    })()`);
    expect(await opened.page.title()).toMatch(/: cudaprobe$/);
    expect(opened.complaints.join()).toContain("Content Security Policy");
  });

  it("says what a run took where the reader points", async () => {
    await using opened = await browser.visit(url);
    const { page } = opened;
    await page.locator("#history-chart .u-over").hover();
    const values = await page.locator("#history-chart .u-legend .u-value").allTextContents();
    expect(values).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      expect.stringMatching(/^[\d.]+ (ms|s)$/),
      expect.stringMatching(/^[\d.]+ (ms|s)$/),
    ]);
  });

  it("follows the reader to the dark, while the page is open", async () => {
    await using opened = await browser.visit(url);
    const { page, complaints } = opened;
    await expect.poll(async () => painted(page, FIRST_COLOUR.light)).toBeGreaterThan(0);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(async () => painted(page, FIRST_COLOUR.dark)).toBeGreaterThan(0);
    expect(await painted(page, FIRST_COLOUR.light)).toBe(0);
    expect(await page.locator("#history-chart canvas").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("is as wide as there is room, also when that changes", async () => {
    await using opened = await browser.visit(url);
    const { page } = opened;
    const canvas = page.locator("#history-chart canvas");
    const widthOf = async (): Promise<number> => (await canvas.boundingBox())?.width ?? 0;
    expect(await widthOf()).toBeGreaterThan(900);
    await page.setViewportSize({ width: 400, height: 900 });
    await expect.poll(widthOf).toBeLessThan(360);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(400);
    await page.setViewportSize({ width: 1200, height: 900 });
    await expect.poll(widthOf).toBeGreaterThan(900);
  });

  it("is a link to its data without JavaScript, on a page that is whole", async () => {
    await using opened = await browser.visit(url, { javaScript: false, width: 400 });
    const { page, complaints } = opened;
    expect(await page.locator("canvas").count()).toBe(0);
    expect(await page.locator("#history-chart .history-plot").isVisible()).toBe(false);
    expect(await page.locator("footer").isVisible()).toBe(true);
    await page.locator("#history-chart a").click();
    expect(await page.locator("body").textContent()).toContain('"cudaprobe-cold-starts/1"');
    expect(complaints).toEqual([]);
  });

  it("says so when there is no cold start to draw", async () => {
    const config = `probes: [{ name: memory, kind: process_memory, schedule: "${ONCE}" }]\n`;
    await using idle = await startDaemon({ config, emulator });
    await using opened = await browser.visit(`http://${idle.address}/`);
    const said = opened.page.locator("#history-chart .history-plot p");
    await said.waitFor();
    expect(await said.textContent()).toBe("There is none to draw yet.");
    expect(opened.complaints).toEqual([]);
  });

  it("leads no line across a time without a success, however many others succeeded in it", async () => {
    const target = makeTarget(0);
    const steady = makeTarget(1);
    const all = everyMinute(0);
    const broken = all.filter((_, index) => index < 400 || index > 1000);
    const { url: here, close } = await serveColdStarts([
      { target, points: broken },
      { target: steady, points: everyMinute(30) },
    ]);
    await using opened = await browser.visit(here);
    const { page } = opened;
    await expect.poll(async () => painted(page, FIRST_COLOUR.light)).toBeGreaterThan(100);
    // Of the 1,440 minutes, between the labels on the left and the room on the right.
    expect(await painted(page, FIRST_COLOUR.light, [0.4, 0.6])).toBe(0);
    expect(await painted(page, SECOND_COLOUR, [0.4, 0.6])).toBeGreaterThan(100);
    await close();
  });

  it("ends now, also where nothing has succeeded for long", async () => {
    const points = everyMinute(0).slice(0, 720);
    const { url: here, close } = await serveColdStarts([{ target: makeTarget(0), points }]);
    await using opened = await browser.visit(here);
    const { page } = opened;
    await expect.poll(async () => painted(page, FIRST_COLOUR.light, [0, 0.5])).toBeGreaterThan(100);
    expect(await painted(page, FIRST_COLOUR.light, [0.6, 1])).toBe(0);
    await close();
  });

  it("shows the one cold start that there is where it was", async () => {
    const points = everyMinute(0).slice(-1);
    const { url: here, close } = await serveColdStarts([{ target: makeTarget(0), points }]);
    await using opened = await browser.visit(here);
    const { page } = opened;
    await expect.poll(async () => painted(page, FIRST_COLOUR.light, [0.8, 1])).toBeGreaterThan(3);
    expect(await painted(page, FIRST_COLOUR.light, [0, 0.8])).toBe(0);
    await close();
  });

  it("shows a target's one cold start beside the many of another", async () => {
    const { url: here, close } = await serveColdStarts([
      { target: makeTarget(0), points: everyMinute(0) },
      { target: makeTarget(1), points: everyMinute(30).slice(700, 701) },
    ]);
    await using opened = await browser.visit(here);
    const { page } = opened;
    await expect.poll(async () => painted(page, FIRST_COLOUR.light)).toBeGreaterThan(100);
    expect(await painted(page, SECOND_COLOUR)).toBeGreaterThan(3);
    await close();
  });
});
