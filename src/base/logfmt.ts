type Entry = readonly [key: string, value: unknown];

/**
 * One logfmt line (without its end) of an object: nested objects become dotted keys, arrays become JSON. Whatever a key or a
 * value holds, it can neither end the line nor pass for another key, nor can it steer a terminal.
 */
export function formatLogfmt(fields: object): string {
  return flatten(Object.entries(fields), "")
    .map(([key, value]) => `${formatKey(key)}=${formatValue(value)}`)
    .join(" ");
}

function flatten(entries: readonly Entry[], prefix: string): readonly Entry[] {
  return entries.flatMap(([key, value]) =>
    isNested(value)
      ? flatten(Object.entries(value), `${prefix}${key}.`)
      : [[`${prefix}${key}`, value] as const],
  );
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function formatKey(key: string): string {
  return key.replaceAll(/[^\w.@/-]/g, "_");
}

function formatValue(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /^[\w.:@/+,-]+$/.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return escapeControls(JSON.stringify(text));
}

/** Escapes what JSON leaves alone although a terminal or a line reader may not: DEL, C1, U+2028 and U+2029. */
export function escapeControls(json: string): string {
  return json.replaceAll(
    // oxlint-disable-next-line no-control-regex -- these very characters are to be found
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
