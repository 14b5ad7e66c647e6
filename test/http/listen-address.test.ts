import { describe, expect, it } from "vitest";
import { formatListenAddress, parseListenAddress } from "../../src/http/listen-address.ts";

describe("an address to listen on", () => {
  it.each([
    [":10062", undefined, 10062],
    ["127.0.0.1:0", "127.0.0.1", 0],
    ["[::1]:9000", "::1", 9000],
    ["[fe80::1%eth0]:9000", "fe80::1%eth0", 9000],
    ["localhost:1", "localhost", 1],
    ["gpu-01.example.org:65535", "gpu-01.example.org", 65535],
  ])("%s is read, and written as it was", (text, host, port) => {
    expect(parseListenAddress(text)).toEqual({ ok: true, value: { host, port } });
    expect(formatListenAddress({ host, port })).toBe(text);
  });

  it.each([
    "",
    "10062",
    "localhost",
    "localhost:",
    "localhost:http",
    "localhost:-1",
    "localhost:1.5",
    "::1:9000",
    "[::1]",
    "[localhost]:x",
    "http://localhost:10062",
    "localhost:10062/metrics",
    " :10062",
    ":65536",
  ])("%j is refused with what is allowed", (text) => {
    const result = parseListenAddress(text);
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('":10062"') });
    expect(result).toMatchObject({ error: expect.stringContaining(`"${text}"`) });
  });
});
