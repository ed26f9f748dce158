import type { Client } from "../contract.ts";
import { PollSession } from "../http/poll-session.ts";

/** Asks, takes what came, waits `pollMs`, asks again. */
const client: Client = {
  async subscribe(endpoints, options) {
    const session = new PollSession(endpoints, options, "");
    await session.start();
    session.every(options.pollMs);
    return session;
  },
};

export default client;
