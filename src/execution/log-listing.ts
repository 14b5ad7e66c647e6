import type { Logger } from "../base/logger.ts";
import type { Listing, LostDevice } from "../devices/device.ts";

/** Makes what logs a listing when it says something new: a driver that answers, or does not, or a GPU that does not. */
export function createListingLog(logger: Logger): (listing: Listing) => void {
  let driverBefore = "";
  let lostBefore: readonly string[] = [];
  return ({ driver, fault, devices, lost }) => {
    const driverNow = JSON.stringify([driver, fault?.reason, fault?.code, devices.length]);
    if (driverNow !== driverBefore) logDriver(logger, { driver, fault, devices });
    driverBefore = driverNow;
    const lostNow = lost.map(describe);
    lost
      .filter((device) => !lostBefore.includes(describe(device)))
      .forEach(({ gpu, reason, code }) => {
        logger.warn({ gpu, reason, code }, "a GPU does not answer");
      });
    lostBefore = lostNow;
  };
}

function logDriver(
  logger: Logger,
  { driver, fault, devices }: Pick<Listing, "driver" | "fault" | "devices">,
): void {
  if (fault !== undefined) {
    const { reason, code, message } = fault;
    logger.warn({ reason, code, why: message }, "no driver answers");
    return;
  }
  const { backend, driverVersion } = driver ?? {};
  logger.info({ backend, driver: driverVersion, gpus: devices.length }, "the driver answers");
}

function describe(device: LostDevice): string {
  return JSON.stringify(device);
}
