import type { Socket } from "node:net";
import type { Check } from "../check.ts";
import { connectTo, exchange } from "../http.ts";
import { within } from "../wait.ts";

/** What a sender has for its request, and how often it lets go of one more byte. */
const requestTimeoutMs = 400;
const dripMs = 40;

/** Far below the time that a server gives unless told otherwise. */
const cutOffWithinMs = 5_000;

const post = "POST /hooks/check HTTP/1.1\r\nHost: check\r\nContent-Type: application/json\r\n";
const whole = `${post}Content-Length: 2\r\n\r\n{}`;

/** How each request begins, and what then comes of it byte by byte. */
const httpDrips = {
  "its headers": [`${post}X-Slow: `, "x"],
  "its body": [`${post}Content-Length: 60000\r\n\r\n"`, "x"],
  "its chunks": [`${post}Transfer-Encoding: chunked\r\n\r\n`, "1\r\nx\r\n"],
  "empty lines": ["\r\n", "\r\n"],
  "the headers of its second request": [`${whole}${post}X-Slow: `, "x"],
} as const;

const tcpDrips = { "its message": ['{"after":0', " "] } as const;

export const slowSenderChecks: readonly Check[] = [
  {
    name: "cuts off a sender that drips its request",
    question: "Is a sender's time for its headers and body bounded, however often a byte comes?",
    needs: "launch",
    async run(target) {
      const { endpoints } = await target.launch({ requestTimeoutMs });
      const reader = await target.read({ endpoints });
      const drips = async (url: string, what: string, [start, more]: readonly [string, string]) => {
        const socket = await connectTo(url);
        target.afterwards(() => socket.destroy());
        await within(cutOffWithinMs, `the end of a connection that drips ${what}`, drip(socket, start, more));
      };
      const { http, tcp } = endpoints;
      await Promise.all([
        ...Object.entries(httpDrips).map(([what, bytes]) => drips(http, what, bytes)),
        ...Object.entries(tcpDrips).flatMap(([what, bytes]) => (tcp ? [drips(tcp, what, bytes)] : [])),
      ]);
      // Whoever has sent its request in time may wait for events as long as before.
      await reader.untilId(await target.publisher(endpoints).publish("still here"));
    },
  },
];

/** Sends `start` and then `more` again and again. Resolves when the server has ended the connection. */
async function drip(socket: Socket, start: string, more: string): Promise<void> {
  const timer = setInterval(() => socket.write(more), dripMs);
  try {
    await exchange(socket, start);
  } finally {
    clearInterval(timer);
    socket.destroy();
  }
}
