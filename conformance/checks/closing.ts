import assert from "node:assert/strict";
import type { Endpoints, ServerOptions, Transport } from "../../servers/contract.ts";
import type { Check } from "../check.ts";
import { connectTo, exchange } from "../http.ts";
import { within } from "../wait.ts";

/** How long a server lets connections finish when it closes, and what a busy machine may add. */
const goodbyeMs = 5_000;
const marginMs = 5_000;

/** The transports on which a server can say why it ends a subscription. */
const withReason: readonly Transport[] = ["streaming", "ws", "socketio", "socketio-polling", "tcp"];

export const closingChecks: readonly Check[] = [
  {
    name: "ends every subscription when it closes",
    question: "Do all subscribers learn that the server closes, and does its process end?",
    needs: "launch",
    async run(target) {
      const server = await target.launch();
      const { endpoints } = server;
      const readers = await Promise.all([0, 1, 2].map(() => target.read({ endpoints })));
      const last = await target.publisher(endpoints).publish("the last");
      await Promise.all(readers.map((reader) => reader.untilId(last)));
      await within(goodbyeMs + marginMs, "the server to close and its process to end", server.close());
      for (const reader of readers) {
        const reason = await reader.untilEnd();
        if (withReason.includes(target.transport)) {
          assert.equal(reason, "server closing", `expected the reason "server closing", got "${reason}"`);
        }
        reader.assertIds(last, last);
      }
    },
  },
  {
    name: "frees its ports when it closes",
    question: "Can another server listen on the same ports at once?",
    needs: "launch",
    async run(target) {
      const first = await target.launch();
      await (await target.read({ endpoints: first.endpoints })).close();
      const refused = await connectTo(first.endpoints.http);
      target.afterwards(() => refused.destroy());
      // A connection that was refused an upgrade, and that its client keeps open.
      const request =
        "GET /nowhere HTTP/1.1\r\nHost: check\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      const answered = exchange(refused, request, (text) => text.includes("\r\n\r\n"));
      await within(target.pace.deadlineMs, "an answer to an upgrade that is refused", answered);
      await within(goodbyeMs + marginMs, "the server to close and its process to end", first.close());
      const second = await target.launch(portsOf(first.endpoints));
      assert.deepEqual(second.endpoints, first.endpoints, "expected the same ports");
      const reader = await target.read({ endpoints: second.endpoints });
      const id = await target.publisher(second.endpoints).publish("on the same port");
      await reader.untilId(id);
      reader.assertIds(1, 1);
    },
  },
];

function portsOf({ http, tcp }: Endpoints): Partial<ServerOptions> {
  const port = Number(new URL(http).port);
  return tcp === undefined ? { port } : { port, tcpPort: Number(new URL(tcp).port) };
}
