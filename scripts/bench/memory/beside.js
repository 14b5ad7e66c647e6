// @ts-check
// What a person would write instead: a process that loads what the serving daemon depends on, has the series of
// one, and renders all of them at each scrape: beside.js HOST:PORT
import express from "express";
import { collectDefaultMetrics, Registry } from "prom-client";
import { loadSeries } from "../scrape/load-series.js";

const LOADED = ["commander", "execa", "node-cron", "pino", "simple-statistics", "yaml", "zod"];

await Promise.all(LOADED.map(async (name) => import(name)));
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const response = await fetch(`http://${process.argv[2]}/metrics`);
loadSeries(await response.text(), registry);

const app = express();
app.get("/metrics", async (_request, answer) => {
  answer.set("Content-Type", registry.contentType).end(await registry.metrics());
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it has no port");
  process.stderr.write(`Listening on address=127.0.0.1:${address.port}\n`);
});
