import assert from "node:assert/strict";
import type { Transport } from "../../servers/contract.ts";
import type { Check, Target } from "../check.ts";
import { connectTo, exchange, upgradeRequest } from "../http.ts";
import { within } from "../wait.ts";

const allowed = "http://allowed.example";

/** How a page begins to subscribe, in each way the transport has: what is asked for, and the answer if it may. */
const openings: Partial<Record<Transport, readonly [path: string, upgrade: boolean, status: string][]>> = {
  polling: [["/events?after=0", false, "200"]],
  comet: [["/events?after=0", false, "200"]],
  streaming: [["/events/stream", false, "200"]],
  ws: [["/events/ws", true, "101"]],
  socketio: [
    ["/socket.io/?EIO=4&transport=polling", false, "200"],
    ["/socket.io/?EIO=4&transport=websocket", true, "101"],
  ],
  "socketio-polling": [["/socket.io/?EIO=4&transport=polling", false, "200"]],
};

export const originChecks: readonly Check[] = [
  {
    name: "refuses a page of another origin",
    question: "Is it 403 for a socket that a foreign page opens, and are its own and allowed pages let in?",
    needs: "launch",
    transports: ["ws", "socketio", "socketio-polling"],
    async run(target) {
      const { http } = (await target.launch({ allowedOrigins: [allowed] })).endpoints;
      const { host, port } = new URL(http);
      const rebound = `rebound.example:${port}`;
      for (const [path, upgrade, admitted] of openings[target.transport] ?? []) {
        const status = async (headers: Readonly<Record<string, string>>) =>
          /^HTTP\/1\.1 (\d{3})/.exec(
            await headOf(target, http, path, { Host: host, ...headers }, upgrade),
          )?.[1];
        assert.equal(await status({}), admitted, `expected ${admitted} from ${path} for no page`);
        for (const Origin of [http, allowed]) {
          const got = await status({ Origin });
          assert.equal(
            got,
            admitted,
            `expected ${admitted} from ${path} for a page of ${Origin}, got ${got}`,
          );
        }
        const foreign = [
          "http://foreign.example",
          "null",
          `https://${host}`,
          `http://127.0.0.1:1`,
          `${http}.example`,
        ];
        for (const Origin of foreign) {
          const got = await status({ Origin });
          assert.equal(got, "403", `expected 403 from ${path} for a page of ${Origin}, got ${got}`);
        }
        const got = await status({ Origin: `http://${rebound}`, Host: rebound });
        assert.equal(got, "403", `expected 403 from ${path} for a foreign name that leads here, got ${got}`);
      }
    },
  },
  {
    name: "lets a page of an allowed origin read",
    question: "Do answers say that pages of the allowed origins may read them, and say it to no others?",
    needs: "launch",
    async run(target) {
      const { http } = (await target.launch({ allowedOrigins: [allowed] })).endpoints;
      const subscribing = (openings[target.transport] ?? []).filter(([, upgrade]) => !upgrade);
      for (const path of ["/server.json", ...subscribing.map(([path]) => path)]) {
        const origins = [allowed, "http://foreign.example", undefined];
        const heads = origins.map((Origin) =>
          headOf(target, http, path, { Host: "check", ...(Origin === undefined ? {} : { Origin }) }),
        );
        const [toAllowed = "", ...toOthers] = await Promise.all(heads);
        assert.match(
          toAllowed,
          /^Access-Control-Allow-Origin: http:\/\/allowed\.example\r$/im,
          `expected ${path} to be readable for a page of ${allowed}, got ${toAllowed}`,
        );
        assert.match(toAllowed, /^Vary: Origin\r$/im, `expected Vary: Origin from ${path}, got ${toAllowed}`);
        for (const head of toOthers) {
          assert.match(head, /^HTTP\/1\.1 [24]/, `expected an answer from ${path}, got ${head || "none"}`);
          assert.doesNotMatch(
            head,
            /^Access-Control-Allow-Origin: (?!false)/im,
            `expected ${path} to be unreadable for other pages, got ${head}`,
          );
        }
      }
    },
  },
];

/** The head of the answer to a GET, or to an upgrade. */
async function headOf(
  target: Target,
  http: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  upgrade = false,
): Promise<string> {
  const socket = await connectTo(http);
  target.afterwards(() => socket.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = upgrade ? upgradeRequest(path, headers) : `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  const answer = exchange(socket, request, (received) => received.includes("\r\n\r\n"));
  const received = await within(target.pace.deadlineMs, `an answer to GET ${path}`, answer);
  socket.destroy();
  return received.slice(0, received.indexOf("\r\n\r\n") + 2);
}
