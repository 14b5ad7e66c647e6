/** The beginning of a text that may be of any length, for messages; no character is cut in half. */
export function clip(text: string, longest = 80): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`;
}
