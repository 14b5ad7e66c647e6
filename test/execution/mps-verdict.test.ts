import { describe, expect, it } from "vitest";
import { createDeferred, type Deferred } from "../../src/base/deferred.ts";
import { stillThere, withoutDaemon } from "../../src/execution/mps-verdict.ts";
import { failedEnd } from "../support/run-ends.ts";
import { createClock } from "../support/still-clock.ts";

/** Whether it is settled when all that waits for nothing but its turn has happened. */
async function isSettled(promise: Promise<void> | undefined): Promise<boolean> {
  const later = new Promise<boolean>((resolve) => {
    setImmediate(() => resolve(false));
  });
  return Promise.race([promise?.then(() => true) ?? false, later]);
}

describe("an MPS daemon that is still there", () => {
  it("makes a run hang until it is gone, whatever the run came to", async () => {
    const daemon = createDeferred<void>();
    const end = stillThere(failedEnd({ outcome: "failure", reason: "oom" }), daemon.promise);
    expect(end).toMatchObject({ outcome: "hung", reason: "hung" });
    expect(await isSettled(end.gone)).toBe(false);
    daemon.resolve();
    expect(await isSettled(end.gone)).toBe(true);
  });

  it.each([
    ["the client goes first", (daemon: Deferred<void>, client: Deferred<void>) => [client, daemon]],
    ["it goes first", (daemon: Deferred<void>, client: Deferred<void>) => [daemon, client]],
  ])("keeps the device with a client that hangs as well: %s", async (_, order) => {
    const daemon = createDeferred<void>();
    const client = createDeferred<void>();
    const hung = failedEnd({ outcome: "hung", phase: "context", gone: client.promise });
    const end = stillThere(hung, daemon.promise);
    expect(end).toMatchObject({ outcome: "hung", phase: "context" });
    const [first, second] = order(daemon, client);
    first?.resolve();
    expect(await isSettled(end.gone)).toBe(false);
    second?.resolve();
    expect(await isSettled(end.gone)).toBe(true);
  });

  it("hangs, too, when it never came up", () => {
    const fault = { reason: "mps_unavailable", message: "it does not answer" } as const;
    expect(withoutDaemon(fault, createClock())).toMatchObject({ outcome: "failure" });
    const gone = Promise.resolve();
    expect(withoutDaemon({ ...fault, gone }, createClock())).toMatchObject({
      outcome: "hung",
      gone,
    });
  });
});
