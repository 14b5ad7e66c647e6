import type { NextFunction, Request, Response } from "express";
import { STATUS_STYLE } from "./page/look.ts";
import { styleSource } from "./page-style.ts";

const HEADERS: Readonly<Record<string, string>> = {
  // Every answer is of the moment.
  "Cache-Control": "no-store",
  "Content-Security-Policy": [
    "default-src 'none'",
    `style-src 'self' ${styleSource(STATUS_STYLE)}`,
    // What the page loads beside that, and the data that it draws.
    "script-src 'self'",
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** Sets on every answer what keeps browsers from doing more with it than showing it, unless the web config has set it. */
export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!response.hasHeader(name)) response.set(name, value);
  }
  next();
}
