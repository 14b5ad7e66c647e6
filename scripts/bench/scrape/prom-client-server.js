// @ts-check
// A process of its own that has the series of another exporter and serves them as prom-client's
// documentation shows: express, the default metrics, all of it rendered and compressed at each scrape:
// prom-client-server.js HOST:PORT
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import express from "express";
import { collectDefaultMetrics, Registry } from "prom-client";
import { loadSeries } from "./load-series.js";

const compress = promisify(gzip);
const registry = new Registry();
const response = await fetch(`http://${process.argv[2]}/metrics`);
loadSeries(await response.text(), registry);
collectDefaultMetrics({ register: registry });

const app = express();
app.get("/metrics", async (request, answer) => {
  answer.set("Content-Type", registry.contentType);
  const text = await registry.metrics();
  if (request.acceptsEncodings("gzip") === false) return answer.end(text);
  answer.set("Content-Encoding", "gzip");
  return answer.end(await compress(text));
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address !== "object") throw new Error("it does not listen on a port");
  process.stderr.write(`Listening on address=127.0.0.1:${address?.port}\n`);
});
