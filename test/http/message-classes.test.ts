import type { RequestListener } from "node:http";
import express, { type Express } from "express";
import { expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { listen } from "../../src/http/listen.ts";
import { takeMessageClasses, type MessageClasses } from "../../src/http/message-classes.ts";
import { createTestLogger, unwrap } from "./modules.ts";

interface Asked {
  readonly text: string;
  /** The prototypes of the request and the response, as the server made them and as the app had them. */
  readonly made: readonly unknown[];
  readonly had: readonly unknown[];
}

/** Asks an app on a server with these classes. */
async function ask(app: Express, messages?: MessageClasses): Promise<Asked> {
  const seen: unknown[][] = [];
  const look: RequestListener = (request, response) => {
    seen.push([Object.getPrototypeOf(request), Object.getPrototypeOf(response)]);
  };
  app.get("/hello", (request, response) => {
    look(request, response);
    response.type("text/plain").send(`hello from ${request.path}`);
  });
  const listener: RequestListener = (request, response) => {
    look(request, response);
    app(request, response);
  };
  const { logger } = createTestLogger();
  const modules = { logger, clock: systemClock, ...(messages && { messages }) };
  const { addresses, close } = unwrap(await listen(listener, ["127.0.0.1:0"], modules));
  const response = await fetch(`http://${addresses[0] ?? ""}/hello`);
  const text = await response.text();
  await close(0);
  const [made = [], had = []] = seen;
  return { text, made, had };
}

it("Express leaves the prototypes of an app's own classes as they are", async () => {
  const app = express();
  const { made, had } = await ask(app, takeMessageClasses(app));
  expect(made[0]).toBe(app.request);
  expect(made[1]).toBe(app.response);
  expect(had[0]).toBe(app.request);
  expect(had[1]).toBe(app.response);
});

it("Express changes the prototypes of Node's classes", async () => {
  const { made, had } = await ask(express());
  expect(had[0]).not.toBe(made[0]);
  expect(had[1]).not.toBe(made[1]);
});

it("an app's own classes have Express's methods, and know the app", async () => {
  const app = express();
  const messages = takeMessageClasses(app);
  expect(await ask(app, messages)).toMatchObject({ text: "hello from /hello" });
  expect(app.request).toHaveProperty("app", app);
  expect(app.response).toHaveProperty("app", app);
});

it("two apps have classes of their own", () => {
  const [one, other] = [takeMessageClasses(express()), takeMessageClasses(express())];
  expect(one.IncomingMessage).not.toBe(other.IncomingMessage);
  expect(one.ServerResponse).not.toBe(other.ServerResponse);
});
