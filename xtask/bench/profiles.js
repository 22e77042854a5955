// @ts-check
// The networks and processors that a load is measured with.

/**
 * @import { CDPSession } from "@playwright/test"
 *
 * @typedef {object} Profile
 * @property {number} latencyMs the time from a request to its answer's first byte
 * @property {number} downloadBytesPerSecond -1: as fast as it comes
 * @property {number} uploadBytesPerSecond
 * @property {number} cpuTimesSlower
 *
 * @typedef {"unthrottled" | "slow-phone" | "far-away"} ProfileName
 */

const BITS_PER_BYTE = 8;

/** @type {Record<ProfileName, Profile>} */
export const PROFILES = {
  unthrottled: { latencyMs: 0, downloadBytesPerSecond: -1, uploadBytesPerSecond: -1, cpuTimesSlower: 1 },
  // A phone of the lower price range on a mobile network: Lighthouse's "slow 4G".
  "slow-phone": {
    latencyMs: 150,
    downloadBytesPerSecond: 1_600_000 / BITS_PER_BYTE,
    uploadBytesPerSecond: 750_000 / BITS_PER_BYTE,
    cpuTimesSlower: 4,
  },
  // Latency alone, and so much that the order of requests shows what waits for what.
  "far-away": { latencyMs: 1_000, downloadBytesPerSecond: -1, uploadBytesPerSecond: -1, cpuTimesSlower: 1 },
};

/**
 * Makes a page's network and processor slower.
 *
 * @param {CDPSession} session
 * @param {ProfileName} name
 */
export async function slowDown(session, name) {
  const { latencyMs, downloadBytesPerSecond, uploadBytesPerSecond, cpuTimesSlower } = PROFILES[name];
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: latencyMs,
    downloadThroughput: downloadBytesPerSecond,
    uploadThroughput: uploadBytesPerSecond,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuTimesSlower });
}
