import type { Link, Network } from "../network/networks.ts";

/**
 * The one-way delay that the article behind the talk reckons with.
 * Source: P. Lubbers and F. Greco, "HTML5 Web Sockets: A Quantum Leap in Scalability for the Web".
 */
export const oneWayMs = 50;

export const articleLink: Link = { roundTripMs: 2 * oneWayMs, bitsPerSecond: 100e6 };

/** The network of the article. Its bandwidth is our choice: what the labs send over it fills a fraction of it. */
export const articleNetwork: Network = { summary: "round trip 100 ms, 100 Mbit/s", link: articleLink };

/** What the labs that use it tell of it. */
export const articleCondition = `A relay between the server and its subscribers adds ${oneWayMs} ms each way, whatever --network says.`;
