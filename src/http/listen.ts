import type { RequestListener } from "node:http";
import { fail, ok, type Result } from "../base/result.ts";
import { parseListenAddress } from "./listen-address.ts";
import { bindServer, type BoundServer, type PassedSocket, type ServerModules } from "./server.ts";

/** The servers of all addresses. */
export interface Listening {
  /** As bound, such as "127.0.0.1:10062" or "[::]:10062", in the order asked for. */
  readonly addresses: readonly string[];
  /** Takes no more connections, ends the idle ones and gives requests that are under way so long (5 s) to finish. */
  readonly close: (limitSeconds?: number) => Promise<void>;
}

const CLOSE_LIMIT_SECONDS = 5;

/** Listens on every address and passed socket, or on none: the error is one line that names the first that cannot be had. */
export async function listen(
  app: RequestListener,
  addresses: readonly (string | PassedSocket)[],
  modules: ServerModules,
): Promise<Result<Listening>> {
  const servers: BoundServer[] = [];
  const close = async (limitSeconds = CLOSE_LIMIT_SECONDS): Promise<void> => {
    await Promise.all(servers.map(async (server) => server.close(limitSeconds)));
  };
  for (const address of addresses) {
    // In turn, so that the first that fails is the one to tell of.
    // oxlint-disable-next-line no-await-in-loop
    const server = await bind(app, address, modules);
    if (!server.ok) {
      // oxlint-disable-next-line no-await-in-loop
      await close();
      return server;
    }
    servers.push(server.value);
    const bound = server.value.address;
    modules.logger.info({ address: bound, tls: modules.secure !== undefined }, "listening");
  }
  return servers.length === 0
    ? fail("there is no address to listen on")
    : ok({ addresses: servers.map((server) => server.address), close });
}

async function bind(
  app: RequestListener,
  wanted: string | PassedSocket,
  modules: ServerModules,
): Promise<Result<BoundServer>> {
  if (typeof wanted !== "string") return bindServer(app, wanted, modules);
  const address = parseListenAddress(wanted);
  return address.ok ? bindServer(app, address.value, modules) : address;
}
