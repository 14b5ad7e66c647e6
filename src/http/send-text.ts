import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";

const compress = promisify(gzip);

/** A text and what it is. */
export interface TypedText {
  /** A media type or the end of a file's name, as Express takes it. */
  readonly type: string;
  readonly text: string;
}

/** Sends a text, compressed where that is asked for. HEAD has all of the headers. */
export async function sendText(
  { type, text }: TypedText,
  request: Request,
  response: Response,
): Promise<void> {
  response.type(type).vary("Accept-Encoding");
  if (request.acceptsEncodings(["gzip", "identity"]) !== "gzip") {
    response.send(text);
    return;
  }
  const body = await compress(text);
  response.set("Content-Encoding", "gzip").send(body);
}
