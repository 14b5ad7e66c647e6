// @ts-check
// A process of its own that scrapes /metrics again and again, so that what else the storm does is not
// in its times: scraper.js PORT. Sends `{ took, late, status }` in milliseconds for each; `late` is how
// long after its time this process came to ask, which says how busy the machine is.
import { Agent, get } from "node:http";

const PERIOD = 250;
const LIMIT = 10_000;

const port = Number(process.argv[2]);
const agent = new Agent({ keepAlive: false });

function scrape() {
  const began = performance.now();
  /** @param {number} status */
  const tell = (status) => process.send?.({ took: performance.now() - began, late, status });
  const late = Math.max(0, began - due);
  due = Math.max(due + PERIOD, began);
  const options = { host: "127.0.0.1", port, path: "/metrics", agent, timeout: LIMIT };
  const request = get(options, (response) => {
    response.resume();
    response.on("end", () => tell(response.statusCode ?? 0));
    response.on("error", () => undefined);
  });
  request.on("timeout", () => request.destroy(new Error("timeout")));
  request.on("error", () => tell(0));
  setTimeout(scrape, due - performance.now());
}

let due = performance.now();
scrape();
process.on("disconnect", () => process.exit());
