import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LaunchedServer, launchServer } from "../../../servers/launch.ts";
import { ask } from "./raw-connection.ts";

/** What rightly differs: the time, and the server's name with the length of what holds it. */
function masked(answer: string, name: string): string {
  return answer
    .replaceAll(/Date: [^\r]*/g, "Date: now")
    .replaceAll(/"at":\d+/g, '"at":0')
    .replace(/Content-Length: \d+(?=[^{]*\{"status":"ok")/, "Content-Length: n")
    .replace(`"server":"${name}"`, '"server":"name"');
}

const json = "Content-Type: application/json";
const allowed = "Origin: http://page.example";
const large = "x".repeat(65_537);

/** What is sent, and with what its answer ends. */
const shared: [string, string, string[]?, string?][] = [
  ["GET /healthz", "}"],
  ["GET /healthz", "}", ["Connection: close"]],
  ["GET /hooks/a", "}"],
  ["GET /nowhere?a=b", "}"],
  ["GET /nowhere", "}", [allowed]],
  ["GET /nowhere", "}", ["Origin: http://foreign.example"]],
  ["HEAD /nowhere", "\r\n\r\n"],
  ["POST /hooks/a", '{"id":1}', [json], '{"text":"zwei\\nZeilen"}'],
  ["POST /hooks/a", '{"id":2}', [json, "Expect: 100-continue"], "[]"],
  ["POST /hooks/a", "}", [json], "{"],
  ["POST /hooks/a", "}", ["Content-Type: text/plain"], "{}"],
  ["POST /hooks/a", "}", [json, "Content-Encoding: gzip"], "{}"],
  ["POST /hooks/a", "}", [json], large],
  ["GET /healthz /", "\r\n\r\n"],
  [`GET /${"a".repeat(17_000)}`, "\r\n\r\n"],
];

const own: Record<string, typeof shared> = {
  polling: [
    ["GET /events", '"last":2}'],
    ["GET /events?after=0", '"last":2}'],
    ["HEAD /events?after=0", "\r\n\r\n"],
    ["GET /events?after=9", '"last":2}'],
    ["GET /events?after=x", "}"],
    ["GET /events?after=x", "}", [allowed]],
    ["POST /events", "}"],
  ],
  comet: [
    ["GET /events?after=0&wait=60", '"last":2}'],
    ["GET /events?after=2&wait=1", '"last":2}'],
    ["GET /events?after=0&wait=61", "}"],
  ],
  streaming: [
    ["GET /events/stream", "\n\n\r\n"],
    ["GET /events/stream?after=0", '"data":[]}\n\n\r\n'],
    ["GET /events/stream?after=0", '"data":[]}\n\n\r\n', ["Connection: close"]],
    ["GET /events/stream", '"data":[]}\n\n\r\n', ["Last-Event-ID: 1"]],
    ["GET /events/stream?after=9", '"data":[]}\n\n\r\n'],
    ["GET /events/stream", "\n\n\r\n", [allowed]],
    ["GET /events/stream?after=-1", "}"],
    ["POST /events/stream", "}"],
  ],
};

describe.each(["polling", "comet", "streaming"] as const)("threads-%s", (transport) => {
  let onLoop: LaunchedServer;
  let onThreads: LaunchedServer;

  beforeAll(async () => {
    const options = { server: { allowedOrigins: ["http://page.example"] } };
    onLoop = await launchServer(transport, options);
    onThreads = await launchServer(`threads-${transport}`, options);
  });

  afterAll(() => Promise.all([onLoop.close(), onThreads.close()]));

  it("writes the same bytes as its twin on the event loop", { timeout: 60_000 }, async () => {
    for (const [line, last, fields, body] of [...shared, ...(own[transport] ?? [])]) {
      const expected = await ask(onLoop.endpoints.http, last, line, fields, body);
      const got = await ask(onThreads.endpoints.http, last, line, fields, body);
      expect(masked(got, `threads-${transport}`)).toBe(masked(expected, transport));
    }
  });
});
