/**
 * @import { Event as ServiceEvent } from "../contract.ts"
 */

/**
 * One webhook that several servers got: when each accepted it, and when it arrived here over that server's
 * transport, on the page's clock.
 *
 * @typedef {object} Race
 * @property {string} content
 * @property {ServiceEvent} event as the first server told of it
 * @property {Map<string, { acceptedMs: number, arrivedMs: number }>} runners by the server's name
 */

/** The same content again within this time is the same webhook, if it is from another server. */
const sameWithinMs = 10_000;

const racesKept = 8;

/** The last webhooks, newest first, each with the servers that have told of it. */
export class Races {
  /** @type {Race[]} */
  list = [];

  /**
   * @param {string} server
   * @param {ServiceEvent} event
   * @param {number} acceptedMs
   * @param {number} arrivedMs
   */
  take(server, event, acceptedMs, arrivedMs) {
    // Each server gives an event a number and a time of its own; what it carries is the same.
    const content = JSON.stringify([event.type, event.data]);
    let race = this.list.findLast(
      (one) =>
        one.content === content &&
        !one.runners.has(server) &&
        Math.abs(acceptedMs - startOf(one)) < sameWithinMs,
    );
    if (race === undefined) {
      race = { content, event, runners: new Map() };
      this.list = [race, ...this.list].slice(0, racesKept);
    }
    race.runners.set(server, { acceptedMs, arrivedMs });
  }
}

/** When the first server accepted it. @param {Race} race */
export function startOf({ runners }) {
  return Math.min(...[...runners.values()].map(({ acceptedMs }) => acceptedMs));
}

/** How long after that it had arrived from the last. @param {Race} race */
export function lengthOf(race) {
  return Math.max(...[...race.runners.values()].map(({ arrivedMs }) => arrivedMs)) - startOf(race);
}
