// @ts-check
// The least that serves metrics with the same libraries: express and prom-client with its default metrics, and /-/ready. Says its port.
import express from "express";
import { collectDefaultMetrics, register } from "prom-client";

collectDefaultMetrics();
const app = express();
app.get("/metrics", async (_request, response) => {
  response.type(register.contentType).send(await register.metrics());
});
app.get("/-/ready", (_request, response) => {
  response.type("text/plain").send("ready\n");
});
app.listen(Number(process.argv[2]), "127.0.0.1");
