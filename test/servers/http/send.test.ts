import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { closeHttpServer, listen, portOf } from "../../../servers/http/http-server.ts";
import { send } from "../../../servers/http/send.ts";

it("gives up a client that takes nothing of a large answer, and what waits for it", async () => {
  // More than the kernel keeps for both sides.
  const body = Buffer.alloc(32 * 1024 * 1024);
  const server = createServer((_request, response) => {
    response.on("close", () => server.emit("given up"));
    send(response, { status: 200, headers: {}, body }, 20);
  });
  await listen(server, "127.0.0.1", 0);
  const givenUp = once(server, "given up");
  const client = connect(portOf(server), "127.0.0.1");
  client.on("error", () => {}); // A reset is how it is given up.
  client.write("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
  await givenUp;
  expect(client.bytesRead).toBeLessThan(body.length);
  client.destroy();
  await closeHttpServer(server);
});
