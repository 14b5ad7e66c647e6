import { hash } from "bcryptjs";
import { makeAuthority, type KeyPair } from "./certificates.ts";
import { curl, type CurlAnswer } from "./curl.ts";
import { makeTemporaryDirectory } from "./temporary-directory.ts";
import { startWebServer, type WebServer } from "./web-server.ts";

/** TLS with the server's pair. */
export const TLS = `tls_server_config:
  cert_file: server.pem
  key_file: server.key
`;

/** TLS that wants something of a client. */
export function withAuth(type: string): string {
  return `${TLS}  client_ca_file: ca.pem\n  client_auth_type: ${type}\n`;
}

/** curl's arguments for a client certificate. */
export function withPair({ certificate, key }: KeyPair): readonly string[] {
  return ["--cert", certificate, "--key", key];
}

/** Where web configs are tried: an authority `ca.pem`, and the pairs `server` and `renewed` of it for 127.0.0.1. */
export interface WebDirectory extends AsyncDisposable {
  readonly path: string;
  /** A client of scraper.example, ::1 and spiffe://a/b. */
  readonly client: KeyPair;
  /** A client of else.example and ops@example.org. */
  readonly other: KeyPair;
  /** One of scraper.example that another authority has signed. */
  readonly foreign: KeyPair;
  /** The section with the user ada, whose password is `right`, and 007, who has none. */
  readonly users: string;
  readonly serve: (config: string) => Promise<WebServer>;
  /** Asks for the metrics over TLS, trusting the authority. */
  readonly ask: (server: HasAddress, args?: readonly string[]) => Promise<CurlAnswer>;
}

interface HasAddress {
  readonly address: string;
}

/** Asks for the metrics over HTTP. */
export async function askPlain(
  { address }: HasAddress,
  args: readonly string[] = [],
): Promise<CurlAnswer> {
  return curl(`http://${address}/metrics`, args);
}

/** Makes such a directory. */
export async function makeWebDirectory(): Promise<WebDirectory> {
  const directory = await makeTemporaryDirectory();
  const { path } = directory;
  const authority = await makeAuthority(path);
  const stranger = await makeAuthority(path, "stranger");
  const local = ["DNS:localhost", "IP:127.0.0.1"];
  await authority.sign("server", local);
  await authority.sign("renewed", local);
  const names = ["DNS:scraper.example", "IP:::1", "URI:spiffe://a/b"];
  const ada = (await hash("right", 4)).replace("$2b$", "$2y$");
  return {
    path,
    client: await authority.sign("client", names),
    other: await authority.sign("other", ["DNS:else.example", "email:ops@example.org"]),
    foreign: await stranger.sign("foreign", ["DNS:scraper.example"]),
    users: `basic_auth_users:\n  ada: ${ada}\n  007: ${await hash("", 4)}\n`,
    serve: async (config) => startWebServer(path, config),
    ask: async ({ address }, args = []) =>
      curl(`https://${address}/metrics`, ["--cacert", authority.certificate, ...args]),
    [Symbol.asyncDispose]: directory[Symbol.asyncDispose],
  };
}
