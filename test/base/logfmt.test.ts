import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatLogfmt } from "../../src/base/logfmt.ts";

describe("formatLogfmt", () => {
  test.each([
    [{ probe: "cold_start" }, "probe=cold_start"],
    [{ count: 3, seconds: 0.25, ok: true, none: null }, "count=3 seconds=0.25 ok=true none=null"],
    [{ path: "/var/lib/x:y,z@1+2" }, "path=/var/lib/x:y,z@1+2"],
    [{ msg: "two words" }, 'msg="two words"'],
    [{ empty: "" }, 'empty=""'],
    [{ a: 'say "a=b"' }, 'a="say \\"a=b\\""'],
    [{ a: "x=y" }, 'a="x=y"'],
    [{ a: "x\ny\u001b[31m\u0085\u2028" }, 'a="x\\ny\\u001b[31m\\u0085\\u2028"'],
    [{ list: [1, "a b"] }, 'list="[1,\\"a b\\"]"'],
    [{ err: { type: "Error", message: "no way" } }, 'err.type=Error err.message="no way"'],
    [{ "a key=b\n": 1 }, "a_key_b_=1"],
  ])("%j", (fields, line) => {
    expect(formatLogfmt(fields)).toBe(line);
  });

  test("whatever is logged, a line stays a line of as many fields as there were", () => {
    const fields = fc.uniqueArray(fc.tuple(fc.string({ unit: "binary", minLength: 1 }), anyText), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(fields, (entries) => {
        const line = formatLogfmt(Object.fromEntries(entries));
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        const read = [...line.matchAll(/(?:^| )([^ ="]+)=("(?:[^"\\]|\\.)*"|[^ "=]+)/g)];
        expect(read.map(([field]) => field).join("")).toBe(line);
        const values = read.map(([, , value = ""]) =>
          value.startsWith('"') ? String(JSON.parse(value)) : value,
        );
        expect(values.toSorted()).toEqual(entries.map(([, value]) => value).toSorted());
      }),
    );
  });
});

const anyText = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
