import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import type { Exposition, Page } from "./exposition.ts";
import { END_OF_OPEN_METRICS, toOpenMetrics } from "./open-metrics.ts";

const gzip = promisify(gzipWithCallback);

/** The formats of an exposition, the default one first. */
export const FORMATS = ["text", "openmetrics"] as const;

export type Format = (typeof FORMATS)[number];

/** What is asked for. */
export interface ScrapeOptions {
  readonly format: Format;
  readonly gzip: boolean;
}

/** What a scrape is answered with. */
export interface Scrape {
  readonly contentType: string;
  /** How the chunks are compressed, if they are. */
  readonly contentEncoding?: "gzip";
  /** Ready for a socket. */
  readonly chunks: readonly Buffer[];
}

/** The content types, as the formats' specifications have them. */
const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

export interface ScraperModules {
  readonly expositions: Readonly<Record<Format, Exposition>>;
  /** What is made anew for every scrape, in the text format. */
  readonly renderRuntime: (() => Promise<string>) | undefined;
}

/** Puts together what is kept as text and what is made anew. Where all of it is kept, so are the compressed bytes. */
export function createScraper({
  expositions,
  renderRuntime,
}: ScraperModules): (options: ScrapeOptions) => Promise<Scrape> {
  const compressed = new WeakMap<Page, Promise<Buffer>>();
  const compress = async (page: Page, chunks: readonly Buffer[]): Promise<Buffer> => {
    const bytes = compressed.get(page) ?? gzip(Buffer.concat(chunks));
    if (renderRuntime === undefined) compressed.set(page, bytes);
    return bytes;
  };
  return async (options) => {
    const page = await expositions[options.format].read();
    const tail = endOf(options.format, (await renderRuntime?.()) ?? "");
    const chunks = tail === "" ? [page.bytes] : [page.bytes, Buffer.from(tail)];
    const contentType = CONTENT_TYPES[options.format];
    if (!options.gzip) return { contentType, chunks };
    return { contentType, contentEncoding: "gzip", chunks: [await compress(page, chunks)] };
  };
}

function endOf(format: Format, runtime: string): string {
  return format === "text" ? runtime : toOpenMetrics(runtime) + END_OF_OPEN_METRICS;
}
