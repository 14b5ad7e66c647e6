import { hash } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { createAuthenticate, parseBasic } from "../../src/http/basic-auth.ts";

function basic(login: string): string {
  return `Basic ${Buffer.from(login).toString("base64")}`;
}

/** Seconds of CPU that it took. */
async function cost(action: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await action();
  return process.cpuUsage(before).user / 1e6;
}

describe("a login", () => {
  it.each([
    [basic("ada:right"), { user: "ada", password: "right" }],
    [basic("ada:a:b"), { user: "ada", password: "a:b" }],
    [basic("ä:ö"), { user: "ä", password: "ö" }],
    ["bAsIc OjE=", { user: "", password: "1" }],
    ["Basic YQ==", undefined],
    ["Basic YTpi=", undefined],
    ["Basic YTpi YTpi", undefined],
    ["Basic  YTpi", undefined],
    ["Basic", undefined],
    ["Bearer YTpi", undefined],
    [undefined, undefined],
  ])("%j is read as %j", (header, login) => {
    expect(parseBasic(header)).toEqual(login);
  });
});

describe("authentication", () => {
  it("knows its users' passwords, in every spelling of bcrypt", async () => {
    const made = await hash("right", 4);
    for (const version of ["2a", "2b", "2y"]) {
      const authenticate = createAuthenticate();
      const users = new Map([["ada", made.replace("2b", version)]]);
      expect(await authenticate(users, basic("ada:right"))).toBe(true);
      expect(await authenticate(users, basic("ada:wrong"))).toBe(false);
      expect(await authenticate(users, basic("bob:right"))).toBe(false);
      expect(await authenticate(users, undefined)).toBe(false);
    }
  });

  it("takes as long for an unknown user as for a known one", async () => {
    const users = new Map([
      ["eve", await hash("other", 4)],
      ["ada", await hash("right", 11)],
    ]);
    const authenticate = createAuthenticate();
    const known = await cost(async () => authenticate(users, basic("ada:wrong")));
    const unknown = await cost(async () => authenticate(users, basic("bob:wrong")));
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it("hashes once for many who come with the same password, right or wrong", async () => {
    const users = new Map([["ada", await hash("right", 10)]]);
    const authenticate = createAuthenticate();
    for (const password of ["right", "wrong"]) {
      const once = await cost(async () => authenticate(users, basic(`ada:${password}1`)));
      const many = Array.from({ length: 50 }, async () =>
        authenticate(users, basic(`ada:${password}`)),
      );
      const all = await cost(async () => Promise.all(many));
      expect(new Set(await Promise.all(many))).toEqual(new Set([password === "right"]));
      expect(all).toBeLessThan(20 * once);
    }
  });

  it("does not take a result for that of another password, user or hash", async () => {
    const users = new Map([["ada", await hash("right", 4)]]);
    const authenticate = createAuthenticate();
    expect(await authenticate(users, basic("ada:right"))).toBe(true);
    const changed = new Map([["ada", await hash("new", 4)]]);
    expect(await authenticate(changed, basic("ada:right"))).toBe(false);
    expect(await authenticate(new Map(), basic("ada:right"))).toBe(false);
    expect(await authenticate(users, basic("ada:right"))).toBe(true);
  });

  it("keeps so many results, and right ones however many wrong ones come", async () => {
    const users = new Map([["ada", await hash("right", 9)]]);
    const authenticate = createAuthenticate(2);
    await authenticate(users, basic("ada:right"));
    const once = await cost(async () => authenticate(users, basic("ada:0")));
    for (const password of ["1", "2", "3"]) await authenticate(users, basic(`ada:${password}`));
    expect(await cost(async () => authenticate(users, basic("ada:right")))).toBeLessThan(once / 2);
    expect(await cost(async () => authenticate(users, basic("ada:3")))).toBeLessThan(once / 2);
    expect(await cost(async () => authenticate(users, basic("ada:1")))).toBeGreaterThan(once / 4);
  });
});
