import { html, type Html } from "../../base/html.ts";
import type { LastRun } from "../status.ts";

/** "oom in allocate", the driver's name for it, and the message; nothing of a success. */
export function why({ outcome, reason, phase, code, message }: LastRun): Html | undefined {
  if (outcome === "success") return undefined;
  const said = reason === undefined || reason === outcome ? undefined : reason;
  return html`${said}${phase === undefined ? undefined : html` in ${phase}`}
  ${code === undefined || code === "" ? undefined : html`<code>${code}</code>`}
  ${message === undefined ? undefined : html`<small>${message}</small>`}`;
}
