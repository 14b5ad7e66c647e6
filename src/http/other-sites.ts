import type { RequestHandler } from "express";

/**
 * Refuses what a browser sends on behalf of a page of another origin, such as a form or an image there: whoever looks at that page has not
 * asked for it. Other programs send neither header.
 * Source: https://www.w3.org/TR/fetch-metadata/ and RFC 6454, section 7.
 */
export const refuseOtherSites: RequestHandler = (request, response, next) => {
  const { host, origin, "sec-fetch-site": site } = request.headers;
  if (isOwn({ host, origin, site: typeof site === "string" ? site : undefined })) {
    next();
    return;
  }
  response.status(403).type("text/plain").send("Pages of other sites cannot ask for this.\n");
};

interface From {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly site: string | undefined;
}

/** Browsers leave out where a request comes from on plain HTTP, and then say the origin of all but GET and HEAD. */
function isOwn({ host, origin, site }: From): boolean {
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
