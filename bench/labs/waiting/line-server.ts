import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** Answers one query: calls back once, with nothing or with why it could not. */
export type Answer = (done: (failure?: string) => void) => void;

/** What is sent for a query, and what comes back when all is well. */
export const queryLine = "query\n";
export const doneLine = "done\n";

/** Connections that the kernel may hold until they are accepted: as many as there are callers, at once. */
const listenBacklog = 1_024;

/**
 * A database as its callers see it: on each connection one query at a time, a line, which is answered by a line. Gives its
 * port on 127.0.0.1.
 */
export async function listenForQueries(answer: Answer): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => serveQueries(socket, answer));
  server.listen({ host: "127.0.0.1", port: 0, backlog: listenBacklog });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function serveQueries(socket: Socket, answer: Answer): void {
  let received = "";
  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: string) => {
    received += chunk;
    if (received.length < queryLine.length) return;
    if (received !== queryLine) {
      socket.destroy(new Error(`expected one query at a time, got ${JSON.stringify(received.slice(0, 40))}`));
      return;
    }
    received = "";
    answer((failure) => {
      if (!socket.destroyed) socket.write(failure === undefined ? doneLine : `${oneLine(failure)}\n`);
    });
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
