import { io } from "socket.io-client";
import type { Client } from "../contract.ts";
import { Progress } from "../service/progress.ts";

/** A client that may use the given transports of Engine.IO, in their order. */
export function subscribeOver(transports: string[]): Client {
  return {
    subscribe(endpoints, options) {
      const { after, localAddress } = options;
      const progress = new Progress(options);
      const socket = io(endpoints.http, {
        transports,
        auth: { after },
        forceNew: true,
        reconnection: false,
        ...(localAddress === undefined ? {} : { localAddress }),
      });
      progress.onClose(() => socket.close());
      socket.on("hello", (hello) => progress.notice({ hello }));
      socket.on("event", (event) => progress.event(event));
      socket.on("gap", (gap) => progress.notice({ gap }));
      socket.on("bye", (bye) => progress.notice({ bye }));
      socket.on("connect_error", (error) => progress.end(error.message));
      socket.on("disconnect", (reason) => progress.end(reason));
      return progress.started;
    },
  };
}
