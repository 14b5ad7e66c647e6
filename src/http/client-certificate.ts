import type { X509Certificate } from "node:crypto";
import { SocketAddress } from "node:net";
import { fail, ok, type Result } from "../base/result.ts";
import type { TlsConfig } from "../config/web-config.ts";
import { CLIENT_AUTH } from "../config/web-tls-names.ts";

/** What a client has shown in its handshake. */
export interface ClientIdentity {
  readonly certificate: Pick<X509Certificate, "subjectAltName"> | undefined;
  /** The certificate is of our client CA, in its time, and for clients. */
  readonly authorized: boolean;
}

/** Whether `client_auth_type` and `client_allowed_sans` let a client in; the error is why not. */
export function judgeClient(
  { clientAuth, allowedSans }: Pick<TlsConfig, "clientAuth" | "allowedSans">,
  { certificate, authorized }: ClientIdentity,
): Result<undefined> {
  const { asks, requires, verifies } = CLIENT_AUTH[clientAuth];
  if (!asks) return ok(undefined);
  if (certificate === undefined) {
    // One that is to have a name on a list needs a certificate to have it in.
    const isNeeded = requires || allowedSans !== undefined;
    return isNeeded ? fail("the client has no certificate") : ok(undefined);
  }
  if (verifies && !authorized) return fail("the client's certificate is not valid here");
  if (allowedSans === undefined) return ok(undefined);
  const names = listSans(certificate.subjectAltName ?? "");
  return names.some((name) => allowedSans.includes(name))
    ? ok(undefined)
    : fail("none of the names of the client's certificate is in client_allowed_sans");
}

const SAN = /(DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy;

/** The DNS names, mail addresses, IP addresses and URIs of a certificate, from Node's text of them. Others end the list. */
export function listSans(text: string): readonly string[] {
  return [...text.matchAll(SAN)].map(([, type, value = ""]) => {
    const name = value.startsWith('"') ? unquote(value) : value;
    return type === "IP Address" ? shortenAddress(name) : name;
  });
}

/** Node writes a name that could be mistaken for several as JSON. */
function unquote(value: string): string {
  const name: unknown = JSON.parse(value);
  return typeof name === "string" ? name : "";
}

/** 0:0:0:0:0:0:0:1 is ::1. */
function shortenAddress(address: string): string {
  return address.includes(":") ? new SocketAddress({ address, family: "ipv6" }).address : address;
}
