import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";

/** A page as a reader has it before them. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** What the browser had to complain about: the console, scripts, requests. */
  readonly complaints: readonly string[];
}

/** How a page is looked at. */
export interface PageView {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  readonly javaScript?: boolean;
}

/** Debian's Chromium without a window. It goes with its scope. */
export interface RunningBrowser extends AsyncDisposable {
  /** A file, without any network. */
  readonly open: (file: string, view?: PageView) => Promise<OpenPage>;
  /** A page that is served. */
  readonly visit: (url: string, view?: PageView) => Promise<OpenPage>;
}

/** Starts it, or says how to get it. */
export async function startBrowser(): Promise<RunningBrowser> {
  const browser = await launch();
  return {
    open: async (file, view) =>
      openPage(browser, pathToFileURL(file).href, { ...view, offline: true }),
    visit: async (url, view) => openPage(browser, url, { ...view, offline: false }),
    [Symbol.asyncDispose]: async () => browser.close(),
  };
}

async function openPage(
  browser: Browser,
  url: string,
  view: PageView & { readonly offline: boolean },
): Promise<OpenPage> {
  const { width = 1200, colorScheme = "light", javaScript = true, offline } = view;
  const viewport = { width, height: 900 };
  const options = { viewport, colorScheme, offline, javaScriptEnabled: javaScript };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(request.url()));
  await page.goto(url);
  return { page, complaints, [Symbol.asyncDispose]: async () => context.close() };
}

async function launch(): Promise<Browser> {
  try {
    // In a container there is no sandbox to be had, and what is opened is our own.
    return await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  } catch (error) {
    throw new Error("chromium is needed: apt-get install chromium", { cause: error });
  }
}
