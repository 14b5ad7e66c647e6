import { html, type Html } from "../base/html.ts";

/** Seconds in the largest unit that fits: "12 s", "3 min", "2 h", "5 d". */
export function formatSpan(seconds: number): string {
  if (seconds < 99.5) return `${String(Math.round(seconds))} s`;
  if (seconds < 99.5 * 60) return `${String(Math.round(seconds / 60))} min`;
  if (seconds < 48 * 3600) return `${String(Math.round(seconds / 3600))} h`;
  return `${String(Math.round(seconds / 86400))} d`;
}

/** A moment as seen from another: "12 s ago" or "in 3 min", with the time itself when it is pointed at. */
export function relativeTime(atSeconds: number, nowSeconds: number): Html {
  const utc = formatUtc(atSeconds);
  const distance = atSeconds - nowSeconds;
  const text =
    Math.abs(distance) < 1
      ? "now"
      : distance < 0
        ? `${formatSpan(-distance)} ago`
        : `in ${formatSpan(distance)}`;
  return html`<time datetime="${utc.replace(" ", "T")}Z" title="${utc} UTC">${text}</time>`;
}

let utc: Intl.DateTimeFormat | undefined;

/** "2026-01-31 13:05:00", of seconds since 1970. */
export function formatUtc(atSeconds: number): string {
  // Made when a time is to be shown: it takes longer than all else here. The Swedish way of writing a date is that of ISO 8601.
  utc ??= new Intl.DateTimeFormat("sv-SE", {
    timeZone: "UTC",
    dateStyle: "short",
    timeStyle: "medium",
  });
  return utc.format(atSeconds * 1000);
}
