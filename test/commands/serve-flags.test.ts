import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import { addServeFlags, findListening, type ServeFlags } from "../../src/commands/serve-flags.ts";

/** A process that no service manager has started. */
const NOBODY = { env: {}, pid: 7 };

function parse(...args: readonly string[]): ServeFlags {
  const command = addServeFlags(new Command("serve")).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: "user" }).opts<ServeFlags>();
}

describe("the flags of serve", () => {
  it("listen on the exporters' port unless they say where, and then on each address", () => {
    expect(findListening(parse(), NOBODY)).toEqual(ok([":10062"]));
    const both = ["127.0.0.1:1", "[::1]:2"];
    const args = both.map((address) => `--web.listen-address=${address}`);
    expect(findListening(parse(...args), NOBODY)).toEqual(ok(both));
  });

  it("listen on the sockets that are passed to this process, and on no address", () => {
    const flags = parse("--web.systemd-socket", "--web.listen-address=127.0.0.1:1");
    const env = { LISTEN_PID: "7", LISTEN_FDS: "2" };
    const passed = [{ descriptor: 3 }, { descriptor: 4 }];
    expect(findListening(flags, { env, pid: 7 })).toEqual(ok(passed));
  });

  it.each([
    ["none was passed", {}],
    ["they are for another process", { LISTEN_PID: "8", LISTEN_FDS: "1" }],
    ["their number is none", { LISTEN_PID: "7", LISTEN_FDS: "many" }],
    ["there are none of them", { LISTEN_PID: "7", LISTEN_FDS: "0" }],
  ])("want a socket to be passed: not when %s", (_, env) => {
    const refused = findListening(parse("--web.systemd-socket"), { env, pid: 7 });
    expect(refused).toEqual(fail("--web.systemd-socket: the service manager has passed no socket"));
  });

  it.each(["nonsense", "127.0.0.1", ":99999", "http://127.0.0.1:80/"])(
    "refuse the address %s and say what is allowed",
    (address) => {
      const refused = (): ServeFlags => parse(`--web.listen-address=${address}`);
      expect(refused).toThrow(address);
      expect(refused).toThrow('write it like ":10062"');
    },
  );

  it("take a telemetry path, and refuse one that no request could have", () => {
    expect(parse("--web.telemetry-path=/m")["web.telemetryPath"]).toBe("/m");
    expect(() => parse("--web.telemetry-path=m")).toThrow("It must begin with a slash.");
  });

  it("allow 40 scrapes at a time unless they say how many, and refuse what is no number of them", () => {
    expect(parse()["web.maxRequests"]).toBe(40);
    expect(parse("--web.max-requests=0")["web.maxRequests"]).toBe(0);
    for (const text of ["-1", "1.5", "", "many", "1e3"]) {
      expect(() => parse(`--web.max-requests=${text}`)).toThrow("whole number from 0 up");
    }
  });
});
