import { Agent, get, type IncomingMessage } from "node:http";
import { createParser } from "eventsource-parser";
import type { Client } from "../contract.ts";
import { Progress } from "../service/progress.ts";

/** Reads one HTTP response for as long as it lasts. */
const client: Client = {
  subscribe(endpoints, options) {
    const { after, localAddress } = options;
    const progress = new Progress(options);
    const agent = new Agent({ keepAlive: false });
    const request = get(`${endpoints.http}/events/stream${after === undefined ? "" : `?after=${after}`}`, {
      agent,
      headers: { Accept: "text/event-stream" },
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    progress.onClose(() => request.destroy());
    const parser = createParser({
      onEvent: ({ event, data }) => {
        // An event has no name of its own; a notice has, which as a message is its only key.
        progress.message(event === undefined ? data : `{${JSON.stringify(event)}:${data}}`);
      },
      onError: (error) => progress.end(error.message),
    });
    request.on("error", (error) => progress.end(error.message));
    request.on("response", (response: IncomingMessage) => {
      if (response.statusCode !== 200) {
        progress.end(`expected status 200, got ${response.statusCode}`);
        return response.resume();
      }
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => parser.feed(chunk));
      response.on("error", (error) => progress.end(error.message));
      return response.on("end", () => progress.end("the server ended the stream"));
    });
    return progress.started;
  },
};

export default client;
