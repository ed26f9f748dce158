import { once } from "node:events";
import { Agent, get, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { closeHttpServer, createHttpServer, listen } from "../../../servers/http/http-server.ts";
import { withDefaults } from "../../../servers/options.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterEach(() => agent.destroy());

it("waits for the answer under way, and not for the connection that it leaves open", async () => {
  let answer: ServerResponse | undefined;
  const server = createHttpServer(withDefaults(), (_request, response) => {
    answer = response;
    server.emit("asked");
  });
  const http = await listen(server, "127.0.0.1", 0);
  const asked = once(server, "asked");
  const answered = once(get(http, { agent }), "response");
  await asked;
  // No force: it would come long after the test has failed.
  const closed = closeHttpServer(server, [], 1_000_000);
  answer?.end("late");
  const [response] = await answered;
  expect(response.statusCode).toBe(200);
  response.resume();
  await closed;
});
