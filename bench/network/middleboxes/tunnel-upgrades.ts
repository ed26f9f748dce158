import type { IncomingMessage } from "node:http";
import type { Server } from "node:net";
import type { Duplex } from "node:stream";
import { endToEnd } from "./hop-by-hop.ts";
import { askOnward } from "./http-proxy.ts";
import { joinSockets } from "./join-sockets.ts";
import type { Address } from "./middlebox.ts";

/** Teaches an HTTP proxy `Upgrade`: once the server has switched protocols, bytes go through as they come. */
export function tunnelUpgrades(proxy: Server, upstream: Address): void {
  proxy.on("upgrade", (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    const onward = askOnward(upstream, incoming, incoming.rawHeaders);
    client.on("error", () => client.destroy());
    client.on("close", () => onward.destroy());
    onward.on("upgrade", (answer, server, serverHead) => {
      client.write(headOf(answer, answer.rawHeaders));
      client.write(serverHead);
      server.write(head);
      joinSockets(client, server);
    });
    onward.on("response", (answer) => refuseAs(answer, client));
    onward.on("error", () => client.destroy());
    onward.end();
  });
}

/** Gives the client the answer of a server that does not upgrade, and hangs up behind it. */
export function refuseAs(answer: IncomingMessage, client: Duplex): void {
  client.write(headOf(answer, [...endToEnd(answer.rawHeaders), "Connection", "close"]));
  answer.pipe(client);
}

function headOf({ statusCode, statusMessage }: IncomingMessage, rawHeaders: readonly string[]): string {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, "", ""].join("\r\n");
}
