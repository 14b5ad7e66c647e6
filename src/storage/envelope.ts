import { fail, ok, type Result } from "../base/result.ts";

/** Lets a stored value through, or says in words what is wrong with it. */
export type Parse<Value> = (value: unknown) => Result<Value>;

/** A stored file's text: JSON of the version and the value. */
export function encode(version: number, value: unknown): string {
  return `${JSON.stringify({ version, value })}\n`;
}

/** The value of a stored file's text; the error says in words why there is none. */
export function decode<Value>(text: string, version: number, parse: Parse<Value>): Result<Value> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const envelope = json.value;
  if (typeof envelope !== "object" || envelope === null) return fail("it is no object");
  if (!("version" in envelope) || !("value" in envelope)) return fail("it has no version or value");
  if (envelope.version !== version) {
    return fail(`it is of version ${JSON.stringify(envelope.version)}, not ${version}`);
  }
  return parse(envelope.value);
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail("it is no JSON");
  }
}
