import type { RequestHandler } from "express";
import type { Metrics } from "../metrics/metrics.ts";
import { negotiate } from "./negotiate.ts";

/** Answers a scrape, in the format and the encoding that it asks for. HEAD has all of the headers. */
export function serveMetrics(metrics: Pick<Metrics, "scrape">): RequestHandler {
  return async (request, response) => {
    const { contentType, contentEncoding, chunks } = await metrics.scrape(negotiate(request));
    response.set("Content-Type", contentType);
    response.vary("Accept, Accept-Encoding");
    if (contentEncoding !== undefined) response.set("Content-Encoding", contentEncoding);
    response.set("Content-Length", String(chunks.reduce((sum, chunk) => sum + chunk.length, 0)));
    if (request.method !== "HEAD") for (const chunk of chunks) response.write(chunk);
    response.end();
  };
}
