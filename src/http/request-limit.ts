import type { RequestHandler } from "express";

/** Lets so many requests be answered at a time, each until its client has all of it; further ones get 503. 0 is no limit. */
export function limitRequests(most: number): RequestHandler {
  let inFlight = 0;
  return (_request, response, next) => {
    if (most > 0 && inFlight >= most) {
      response
        .status(503)
        .type("text/plain")
        .send(`As many requests as are allowed at a time (${String(most)}) are being answered.\n`);
      return;
    }
    inFlight += 1;
    response.once("close", () => {
      inFlight -= 1;
    });
    next();
  };
}
