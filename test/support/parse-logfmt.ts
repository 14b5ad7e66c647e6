/** The fields of a line as other people's readers take it apart; throws on what is no logfmt. All values are text. */
export function parseLogfmt(line: string): Readonly<Record<string, string>> {
  const pair = /(?:^| )([^ ="]+)=("(?:[^"\\]|\\.)*"|[^ "=]*)/gy;
  const fields: (readonly [string, string])[] = [];
  let end = 0;
  for (const match of line.matchAll(pair)) {
    const [whole, key = "", value = ""] = match;
    fields.push([key, value.startsWith('"') ? String(JSON.parse(value)) : value]);
    end += whole.length;
  }
  if (end !== line.length) throw new Error(`no logfmt from ${String(end)} on: ${line}`);
  const names = fields.map(([key]) => key);
  if (new Set(names).size < names.length) throw new Error(`a field is there twice: ${line}`);
  return Object.fromEntries(fields);
}
