import assert from "node:assert/strict";
import { seededRandom } from "../../bench/stats/random.ts";
import type { Check, Target } from "../check.ts";
import { ask, connectTo, exchange, upgradeRequest } from "../http.ts";

const post = "POST /hooks/check HTTP/1.1\r\nHost: check\r\nContent-Type: application/json\r\n";

/** What no well-meaning client sends; after each, the connection is first broken off, then left to the server. */
const httpRubbish: Readonly<Record<string, string | Uint8Array>> = {
  nothing: "",
  "random bytes": randomBytes(4_096),
  "a TLS hello": Buffer.from("16030100c8010000c403030000", "hex"),
  "half a request line": "POST /hoo",
  "half a head": "POST /hooks/check HTTP/1.1\r\nHost: ch",
  "no host": "GET /healthz HTTP/1.1\r\n\r\n",
  "a giant header": `GET /healthz HTTP/1.1\r\nHost: check\r\nX-Giant: ${"x".repeat(256 * 1024)}\r\n\r\n`,
  "a giant address": `GET /${"x".repeat(256 * 1024)} HTTP/1.1\r\nHost: check\r\n\r\n`,
  "a broken escape": "GET /hooks/%E0%A4%A HTTP/1.1\r\nHost: check\r\n\r\n",
  "half a body": `${post}Content-Length: 1000\r\n\r\n{"half":`,
  "two lengths": `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  "a negative length": `${post}Content-Length: -1\r\n\r\n{}`,
  "a length and chunks": `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "a broken chunk": `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  "a body of 100 MB that breaks off": `${post}Content-Length: 100000000\r\n\r\n${"x".repeat(128 * 1024)}`,
  "a tunnel": "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
  "a WebSocket to nowhere": upgradeRequest("/nowhere"),
  "a WebSocket without a key": upgradeRequest("/events/ws", { "Sec-WebSocket-Key": "" }),
  "a WebSocket of version 1": upgradeRequest("/events/ws", { "Sec-WebSocket-Version": "1" }),
  "a WebSocket with a bad cursor": upgradeRequest("/events/ws?after=x"),
  "a WebSocket that sends rubbish": Buffer.concat([
    Buffer.from(upgradeRequest("/events/ws")),
    randomBytes(4_096),
  ]),
  "an upgrade to something else": upgradeRequest("/events/ws", { Upgrade: "h2c" }),
  "a Socket.IO session that is none":
    "GET /socket.io/?EIO=4&transport=polling&sid=none HTTP/1.1\r\nHost: c\r\n\r\n",
  "a Socket.IO upgrade that is none": upgradeRequest("/socket.io/?EIO=4&transport=websocket&sid=none"),
};

const tcpRubbish: Readonly<Record<string, string | Uint8Array>> = {
  nothing: "",
  "random bytes": randomBytes(4_096),
  "an HTTP request": "GET / HTTP/1.1\r\nHost: check\r\n\r\n",
  "an endless message": "x".repeat(128 * 1024),
  "an empty message": "\0",
  "no JSON": "after 5\0",
  "no object": "[]\0",
  "a bad cursor": '{"after":-1}\0',
  "bad UTF-8": Buffer.from([0xff, 0xfe, 0]),
  "half a message": '{"after"',
  "a talkative subscriber": `{"after":0}\0${"x".repeat(128 * 1024)}`,
};

export const malformedChecks: readonly Check[] = [
  {
    name: "survives malformed and oversized requests",
    question: "Do garbage, requests that break off and bodies without end leave the server and others well?",
    run: (target) => survive(target, target.endpoints.http, httpRubbish),
  },
  {
    name: "survives garbage on its tcp port",
    question: "Do messages that are none leave the server and its other subscribers well?",
    transports: ["tcp"],
    async run(target) {
      const { tcp } = target.endpoints;
      assert(tcp, "expected a tcp endpoint, got none");
      await survive(target, tcp, tcpRubbish);
    },
  },
];

async function survive(target: Target, url: string, rubbish: typeof httpRubbish): Promise<void> {
  const reader = await target.read();
  const publisher = target.publisher();
  const first = await publisher.publish("before");
  let last = first;
  for (const [what, bytes] of Object.entries(rubbish)) {
    const reset = await connectTo(url);
    reset.write(bytes, () => reset.resetAndDestroy());
    const ended = await connectTo(url);
    ended.resume();
    ended.end(bytes);
    // Left open on our side: a server must not depend on the other side to hang up.
    const left = await connectTo(url);
    target.afterwards(() => {
      ended.destroy();
      left.destroy();
    });
    const dropped = exchange(left, bytes, () => true);
    last = await publisher.publish(what).catch((error: unknown) => {
      throw new Error(`expected a server that is well after ${what}, got: ${error}`, { cause: error });
    });
    left.end();
    void dropped;
  }
  const { status } = await ask(`${target.endpoints.http}/healthz`);
  assert.equal(status, 200, `expected 200 from GET /healthz, got ${status}`);
  await reader.untilId(last);
  reader.assertIds(first, last);
}

function randomBytes(length: number): Uint8Array {
  const random = seededRandom(length);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}
