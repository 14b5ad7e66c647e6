import { describe, expect, it } from "vitest";
import { judgeClient, listSans } from "../../src/http/client-certificate.ts";

describe("the names of a certificate", () => {
  it.each([
    ["", []],
    ["DNS:a.example", ["a.example"]],
    [
      "DNS:a.example, email:b@c.example, URI:spiffe://d/e",
      ["a.example", "b@c.example", "spiffe://d/e"],
    ],
    ["IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:AB", ["10.0.0.1", "2001:db8::ab"]],
    ['DNS:"a.example, DNS:admin.example"', ["a.example, DNS:admin.example"]],
    ["DNS:a, othername:<unsupported>, DNS:b", ["a"]],
  ])("are read from %j", (text, names) => {
    expect(listSans(text)).toEqual(names);
  });
});

describe("a client", () => {
  const named = { certificate: { subjectAltName: "DNS:a" }, authorized: true };

  it("is let in by its name alone where names are listed", () => {
    const clientAuth = "RequireAndVerifyClientCert";
    const judged = [["b", "a"], ["b"], [], undefined].map(
      (allowedSans) => judgeClient({ clientAuth, allowedSans }, named).ok,
    );
    expect(judged).toEqual([true, false, false, true]);
  });

  it("is not let in by a name that nobody has verified", () => {
    const rules = { clientAuth: "RequireAndVerifyClientCert", allowedSans: ["a"] } as const;
    expect(judgeClient(rules, { ...named, authorized: false }).ok).toBe(false);
  });

  it("without a certificate is let in only where none is needed", () => {
    const nobody = { certificate: undefined, authorized: false };
    const judge = (clientAuth: "NoClientCert" | "RequestClientCert", sans?: readonly string[]) =>
      judgeClient({ clientAuth, allowedSans: sans }, nobody).ok;
    expect(judge("NoClientCert", ["a"])).toBe(true);
    expect(judge("RequestClientCert")).toBe(true);
    expect(judge("RequestClientCert", ["a"])).toBe(false);
  });
});
