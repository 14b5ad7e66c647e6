import { type Arbitrary, constantFrom, json, oneof, string } from "fast-check";

const SAMPLE = '{"type":"sample","instance":0,"name":"bytes","value":1';

/** Lines that a probe of ill will, or a broken one, may write. */
const HOSTILE_LINES = [
  "",
  "{",
  "{}",
  "null",
  '{"__proto__":{"polluted":1}}',
  `${SAMPLE},"labels":{"__proto__":"x"}}`,
  `${SAMPLE},"labels":{"\\u005f_proto__":"x"}}`,
  `${SAMPLE},"labels":{"constructor":"x","toString":"y"}}`,
  `${SAMPLE},"labels":{"a":"\\ud800"}}`,
  `${SAMPLE},"labels":{"a":"\\u0000\\n\\"}"}}`,
  `${SAMPLE},"value":1e999}`,
  `${SAMPLE},"value":-1e308}`,
  `${SAMPLE},"instance":3}`,
  `${SAMPLE},"instance":1e300}`,
  `${SAMPLE},"instance":-0}`,
  `${SAMPLE},"labels":${'{"a":'.repeat(500)}1${"}".repeat(501)}`,
  `${SAMPLE},"labels":{"a":"${"x".repeat(4100)}"}}`,
  `${SAMPLE},"x":${"[".repeat(1500)}${"]".repeat(1500)}}`,
  `{${'"a":1,'.repeat(600)}"type":"hello"}`,
  '{"type":"result","instance":0,"outcome":"success"}',
  '{"type":"result","instance":1,"outcome":"failure","reason":"unknown"}',
  '{"type":"reaped","instance":0,"at_seconds":1e300,"pid":100,"exit_code":0,"cpu_seconds":0,"major_faults":0,"max_rss_bytes":0}',
  '{"type":"released","instance":0,"at_seconds":0}',
  '{"type":"spawned","instance":2,"at_seconds":1e308,"pid":2}',
  '{"type":"hello","instance":0,"protocol":99999999999999999999,"probe":"p","pid":100,"build":"b"}',
  "\0".repeat(100),
  "\ud800",
] as const;

/** One of those, or anything. */
export const hostileLine: Arbitrary<string> = oneof(
  { weight: 4, arbitrary: constantFrom(...HOSTILE_LINES) },
  { weight: 1, arbitrary: json() },
  { weight: 1, arbitrary: string({ unit: "binary" }) },
);
