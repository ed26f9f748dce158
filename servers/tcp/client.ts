import { connect } from "node:net";
import type { Client } from "../contract.ts";
import { Progress } from "../service/progress.ts";
import { NulFrames } from "./frames.ts";

/** Longest message a server may send: an event of 64 KiB of JSON can grow when it is written again. */
const maxMessageBytes = 1024 * 1024;

/** Says `{"after":N}`, then reads NUL-terminated messages. */
const client: Client = {
  async subscribe(endpoints, options) {
    if (endpoints.tcp === undefined)
      throw new Error("expected a server with a tcp:// endpoint, got one without");
    const { hostname, port } = new URL(endpoints.tcp);
    const { after, localAddress } = options;
    const progress = new Progress(options);
    const frames = new NulFrames(maxMessageBytes);
    const socket = connect({
      // Without the brackets of IPv6.
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port),
      noDelay: true,
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    progress.onClose(() => socket.destroy());
    socket.write(`${JSON.stringify({ after })}\0`);
    socket.on("data", (chunk) => {
      try {
        for (const message of frames.push(chunk)) progress.message(message.toString());
      } catch (error) {
        progress.end(error instanceof Error ? error.message : String(error));
      }
    });
    socket.on("error", (error) => progress.end(error.message));
    socket.on("close", () => progress.end("the server closed the connection"));
    return progress.started;
  },
};

export default client;
