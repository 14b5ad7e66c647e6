import { html, trusted, type Html } from "../base/html.ts";
import { PAGE_STYLE } from "./page-style.ts";

// Two bars of different lengths: a start and its phases.
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Crect width='16' height='16' rx='3' fill='%233f7d0a'/%3E" +
  "%3Cpath d='M3 6h7M6 10h7' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";

/** What of a page is not as in those that the daemon serves. */
export interface FrameOptions {
  /** The style sheet. */
  readonly style?: string;
  /** The Content-Security-Policy of a page that is read from a file, and so has no headers. */
  readonly policy?: string;
}

/** A whole page around its body. */
export function pageFrame(
  title: string,
  body: Html,
  { style = PAGE_STYLE, policy }: FrameOptions = {},
): string {
  // Made by hand, since the policy's hash is of the sheet to the last blank.
  const styleElement = trusted(`<style>${style}</style>`);
  const policyElement =
    policy === undefined
      ? undefined
      : html`<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        ${policyElement}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="${ICON}" />
        ${styleElement}
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return page.html;
}
