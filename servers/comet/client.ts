import type { Client } from "../contract.ts";
import { PollSession } from "../http/poll-session.ts";

/** Asks again as soon as an answer has come; the server holds the request until it has one. */
const client: Client = {
  async subscribe(endpoints, options) {
    const session = new PollSession(endpoints, options, `&wait=${options.waitSeconds}`);
    await session.start();
    session.every(0);
    return session;
  },
};

export default client;
