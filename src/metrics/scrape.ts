import type { Exposition, Page } from "./exposition.ts";
import { deflatePart, endMember, openMember } from "./gzip-member.ts";
import { END_OF_OPEN_METRICS, toOpenMetrics } from "./open-metrics.ts";
import { remember } from "./remember.ts";

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

/** Text in the text format, known by being the same object. */
export interface RuntimeText {
  readonly text: string;
}

export interface ScraperModules {
  readonly expositions: Readonly<Record<Format, Exposition>>;
  /** What is of this moment, or was of one just before: the same object is not put together again. */
  readonly readRuntime?: (() => Promise<RuntimeText>) | undefined;
}

const NOTHING: RuntimeText = { text: "" };

/** Puts together what is kept, as text or compressed, and what is of the moment. Only a family that has changed is compressed again. */
export function createScraper({
  expositions,
  readRuntime = async () => NOTHING,
}: ScraperModules): (options: ScrapeOptions) => Promise<Scrape> {
  const pack = createPacker();
  const ends = { text: createEnds("text"), openmetrics: createEnds("openmetrics") };
  return async ({ format, gzip }) => {
    const page = await expositions[format].read();
    const end = ends[format](await readRuntime());
    const contentType = CONTENT_TYPES[format];
    if (!gzip) return { contentType, chunks: end.length === 0 ? page : [...page, end] };
    return { contentType, contentEncoding: "gzip", chunks: pack(page)(end) };
  };
}

/** The bytes that an exposition ends with. */
function createEnds(format: Format): (runtime: RuntimeText) => Buffer {
  return remember(({ text }) => Buffer.from(endOf(format, text)));
}

/**
 * Compresses pages, each once, and of each only the parts that no page before it had. Not in other threads: most parts are of a few
 * kilobytes, for which two changes of threads are long, and the large ones were rendered in this one as well.
 */
function createPacker(): (page: Page) => (end: Buffer) => readonly Buffer[] {
  const deflate = remember(deflatePart);
  return remember((page) => {
    const member = openMember(page, page.map(deflate));
    return remember((end) => [member.bytes, endMember(member, end)]);
  });
}

function endOf(format: Format, runtime: string): string {
  return format === "text" ? runtime : toOpenMetrics(runtime) + END_OF_OPEN_METRICS;
}
