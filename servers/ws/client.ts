import { WebSocket } from "ws";
import type { Client } from "../contract.ts";
import { Progress } from "../service/progress.ts";

/** The client of the ws package, compression off. */
const client: Client = {
  subscribe(endpoints, options) {
    const { after, localAddress } = options;
    const progress = new Progress(options);
    const url = `${endpoints.http.replace("http", "ws")}/events/ws${after === undefined ? "" : `?after=${after}`}`;
    const webSocket = new WebSocket(url, {
      perMessageDeflate: false,
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    progress.onClose(() => webSocket.terminate());
    webSocket.on("message", (data) => progress.message(data.toString()));
    webSocket.on("error", (error) => progress.end(error.message));
    webSocket.on("close", (code, reason) =>
      progress.end(reason.toString() || `the connection closed with code ${code}`),
    );
    return progress.started;
  },
};

export default client;
