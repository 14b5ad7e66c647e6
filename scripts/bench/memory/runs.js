// @ts-check
import { Agent } from "node:http";
import { fetchText } from "../../load/fetch.js";

/** @typedef {{ readonly address: string }} Daemon with `--web.enable-lifecycle` */

/**
 * Has a daemon make run after run, beside its schedule, while the work is done: each target once, then the cold starts of the GPUs in turns.
 * Throws when a run is refused for another reason than that one of the target goes on.
 * @template Result
 * @param {Daemon} daemon
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withRuns({ address }, work) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const targets = findTargets((await fetchText(`http://${address}/metrics`, { agent })).text);
  const starts = targets.filter((target) => target.startsWith("probe=cold_start&"));
  const over = new AbortController();
  const asking = (async () => {
    for (let run = 0; !over.signal.aborted; run += 1) {
      const target = targets[run] ?? starts[run % starts.length] ?? "";
      // oxlint-disable-next-line no-await-in-loop -- a run waits for the one before it
      await askFor(`http://${address}/probe?${target}`, agent);
    }
  })();
  try {
    return await Promise.race([work(), untilFailed(asking)]);
  } finally {
    over.abort();
    await asking.finally(() => agent.destroy());
  }
}

/** The queries that name the targets of a daemon. @param {string} text its metrics @returns {readonly string[]} */
function findTargets(text) {
  const all = text.matchAll(/^cudaprobe_runs_total\{gpu="(\d*)",.*probe="([^"]+)"/gm);
  return [...all].map(([, gpu = "", probe = ""]) =>
    gpu === "" ? `probe=${probe}` : `probe=${probe}&gpu=${gpu}`,
  );
}

/** @param {string} url @param {Agent} agent */
async function askFor(url, agent) {
  const { status, text } = await fetchText(url, { agent });
  // A run of that target goes on by its schedule.
  if (status !== 200 && status !== 409) throw new Error(`${url} answered with ${status}: ${text}`);
}

/** Never fulfilled. @param {Promise<void>} asking @returns {Promise<never>} */
async function untilFailed(asking) {
  await asking;
  return new Promise(() => undefined);
}
