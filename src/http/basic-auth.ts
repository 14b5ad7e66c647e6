import { createHash } from "node:crypto";
import { compare } from "bcryptjs";

/** Says whether an `Authorization` header is that of one of the users. */
export type Authenticate = (
  users: ReadonlyMap<string, string>,
  header: string | undefined,
) => Promise<boolean>;

/** How many results are kept of right passwords, and as many of wrong ones, apart, so that guessing pushes out no right one. */
const KEPT = 100;

/**
 * Basic authentication against bcrypt hashes. Hashing takes its time, so there is one at once and results are kept, by a digest of user, hash and
 * password. An unknown user takes as long as a known one.
 */
export function createAuthenticate(kept = KEPT): Authenticate {
  const right = createMemory(kept);
  const wrong = createMemory(kept);
  let last: Promise<unknown> = Promise.resolve();
  const decide = async (key: string, isRight: () => Promise<boolean>): Promise<boolean> => {
    if (right.has(key)) return true;
    if (wrong.has(key)) return false;
    const found = await isRight();
    (found ? right : wrong).add(key);
    return found;
  };
  return async (users, header) => {
    const login = parseBasic(header);
    if (login === undefined) return false;
    const known = users.get(login.user);
    const hash = known ?? makeDummy(users);
    const key = digest([login.user, hash, login.password]);
    if (right.has(key)) return true;
    const result = last.then(async () =>
      decide(key, async () => (await compare(login.password, hash)) && known !== undefined),
    );
    last = result.catch(() => undefined);
    return result;
  };
}

interface Login {
  readonly user: string;
  readonly password: string;
}

/** As RFC 7617 has it; undefined when it is anything else. */
export function parseBasic(header: string | undefined): Login | undefined {
  const [, encoded = ""] =
    /^basic ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/i.exec(
      header ?? "",
    ) ?? [];
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 0) return undefined;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The salt and the digest of a password that nobody knows. */
const DUMMY = "JjF/ONLQMP/lcIc/WrqG6uqnd56Gk/XHGCTFxDkWIwCEez4bn83SG";

/** A hash that costs what the dearest of the users' does. */
function makeDummy(users: ReadonlyMap<string, string>): string {
  const costs = [...users.values()].map((hash) => hash.slice(4, 6));
  const [dearest = "10"] = costs.toSorted().toReversed();
  return `$2b$${dearest}$${DUMMY}`;
}

/** No password is kept in the clear, and no two logins have one key. */
function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}

/** The last so many keys. */
function createMemory(limit: number): {
  readonly has: (key: string) => boolean;
  readonly add: (key: string) => void;
} {
  const keys = new Set<string>();
  return {
    has: (key) => keys.has(key),
    add: (key) => {
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > limit && oldest !== undefined) keys.delete(oldest);
    },
  };
}
