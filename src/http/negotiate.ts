import type { Request } from "express";
import type { Format, ScrapeOptions } from "../metrics/scrape.ts";

/** Schemes for names outside of [a-zA-Z0-9_:], of which there are none here, so that each of them is followed. */
const ESCAPINGS = ["allow-utf-8", "underscores", "dots", "values"];

/**
 * What is offered, the default first. A request's media range has to name nothing that an offer has not: another version of a
 * format is not served, and more parameters in the offer do no harm.
 */
const OFFERS = new Map<string, Format>([
  ...offersOf("text/plain; version=0.0.4; charset=utf-8", "text"),
  ...offersOf("application/openmetrics-text; version=1.0.0; charset=utf-8", "openmetrics"),
]);

function offersOf(type: string, format: Format): readonly (readonly [string, Format])[] {
  return ESCAPINGS.map((escaping) => [`${type}; escaping=${escaping}`, format]);
}

/** What a request wants to have of what there is: the text format as it is when it wants nothing of that. */
export function negotiate(request: Pick<Request, "accepts" | "acceptsEncodings">): ScrapeOptions {
  const offer = request.accepts([...OFFERS.keys()]);
  const encoding = request.acceptsEncodings(["gzip", "identity"]);
  return {
    format: offer === false ? "text" : (OFFERS.get(offer) ?? "text"),
    gzip: encoding === "gzip",
  };
}
