import { fail, ok, type Result } from "../base/result.ts";

/** Where to listen. */
export interface ListenAddress {
  /** A name or an IP address; undefined for all interfaces. */
  readonly host: string | undefined;
  /** 0 for any that is free. */
  readonly port: number;
}

const FORMS = 'write it like ":10062", "127.0.0.1:10062", "[::1]:10062" or "localhost:10062"';

/** Reads an address as the exporters' flag `--web.listen-address` has it. The error says what is allowed. */
export function parseListenAddress(text: string): Result<ListenAddress> {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9a-fA-F:.%\w]+)\]|([^\s:[\]/]*)):(\d+)$/.exec(text) ?? [];
  if (digits === undefined) return fail(`"${text}" is not an address to listen on: ${FORMS}`);
  const port = Number(digits);
  if (port > 65535) return fail(`"${text}" has a port over 65535: ${FORMS}`);
  const host = bracketed ?? plain;
  return ok({ host: host === "" ? undefined : host, port });
}

/** The address as text, IPv6 in brackets. */
export function formatListenAddress({ host, port }: ListenAddress): string {
  const shown = host === undefined ? "" : host.includes(":") ? `[${host}]` : host;
  return `${shown}:${String(port)}`;
}
