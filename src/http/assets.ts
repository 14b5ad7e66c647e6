import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { RequestHandler } from "express";
import { HISTORY_CHART_STYLE } from "./history-chart.ts";
import { sendText } from "./send-text.ts";

const require = createRequire(import.meta.url);

/** A file that pages load. */
interface Asset {
  readonly path: string;
  readonly type: string;
  readonly read: () => Promise<string>;
}

const ASSETS: readonly Asset[] = [
  {
    path: "/assets/uplot.js",
    type: "js",
    read: async () => readFile(require.resolve("uplot/dist/uPlot.iife.min.js"), "utf8"),
  },
  ownScript("history-chart.js"),
  ownScript("history-format.js"),
  ownScript("history-scales.js"),
  {
    path: "/assets/history-chart.css",
    type: "css",
    read: async () => {
      const style = await readFile(require.resolve("uplot/dist/uPlot.min.css"), "utf8");
      return `${style}${HISTORY_CHART_STYLE}`;
    },
  },
];

function ownScript(name: string): Asset {
  const file = new URL(`browser/${name}`, import.meta.url);
  return { path: `/assets/${name}`, type: "js", read: async () => readFile(file, "utf8") };
}

/** A route for each file that pages load. */
export function assetRoutes(): readonly (readonly [path: string, handler: RequestHandler])[] {
  return ASSETS.map((asset) => [asset.path, serveAsset(asset)]);
}

/** Browsers keep it and ask whether it is still the same: another version of the daemon has another one at the same path. */
function serveAsset({ type, read }: Asset): RequestHandler {
  return async (request, response) => {
    const text = await read();
    const hash = createHash("sha256").update(text).digest("base64url");
    // Weak, since it is the same whether or not it is compressed.
    response.set({ "Cache-Control": "no-cache", ETag: `W/"${hash}"` });
    await sendText({ type, text }, request, response);
  };
}
