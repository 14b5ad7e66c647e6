import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";

/** A page as a reader has it before them, without any network. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** What the browser had to complain about: the console, scripts, requests. */
  readonly complaints: readonly string[];
}

/** Debian's Chromium without a window. It goes with its scope. */
export interface RunningBrowser extends AsyncDisposable {
  readonly open: (
    file: string,
    view?: { readonly width?: number; readonly colorScheme?: "light" | "dark" },
  ) => Promise<OpenPage>;
}

/** Starts it, or says how to get it. */
export async function startBrowser(): Promise<RunningBrowser> {
  const browser = await launch();
  return {
    open: async (file, { width = 1200, colorScheme = "light" } = {}) => {
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ viewport, colorScheme, offline: true });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("requestfailed", (request) => complaints.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      return { page, complaints, [Symbol.asyncDispose]: async () => context.close() };
    },
    [Symbol.asyncDispose]: async () => browser.close(),
  };
}

async function launch(): Promise<Browser> {
  try {
    // In a container there is no sandbox to be had, and what is opened is our own.
    return await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  } catch (error) {
    throw new Error("chromium is needed: apt-get install chromium", { cause: error });
  }
}
