import type { Request, RequestHandler, Response } from "express";
import type { Metrics } from "../metrics/metrics.ts";
import type { Scrape } from "../metrics/scrape.ts";
import { negotiate } from "./negotiate.ts";

/** Answers a scrape, in the format and the encoding that it asks for. HEAD has all of the headers. */
export function serveMetrics(metrics: Pick<Metrics, "scrape">): RequestHandler {
  return async (request, response) => {
    sendScrape(await metrics.scrape(negotiate(request)), { request, response });
  };
}

/** Answers with an exposition, as it was negotiated. */
export function sendScrape(
  { contentType, contentEncoding, chunks }: Scrape,
  { request, response }: { readonly request: Request; readonly response: Response },
): void {
  response.set("Content-Type", contentType);
  response.vary("Accept, Accept-Encoding");
  if (contentEncoding !== undefined) response.set("Content-Encoding", contentEncoding);
  response.set("Content-Length", String(chunks.reduce((sum, chunk) => sum + chunk.length, 0)));
  if (request.method !== "HEAD") for (const chunk of chunks) response.write(chunk);
  response.end();
}
