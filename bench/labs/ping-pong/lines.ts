import { Agent, get, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";
import type { Endpoints } from "../../../servers/contract.ts";
import { routes } from "./routes.ts";

/** What a client says to the server goes over it, and what that answers comes back. */
export interface Line {
  /** Resolves when nothing of it is under way any more but the answer. */
  say(words: string): Promise<void>;
  close(): void;
}

export interface LineOrder {
  readonly endpoints: Endpoints;
  /** How long the server may hold a request that waits for an answer. */
  readonly holdMs: number;
  onAnswer(words: string): void;
  /** Called when the line breaks; not after `close`. */
  onBreak(error: Error): void;
}

/** How to open a line, by form. Each counts nothing and times nothing: that is its caller's part. */
export const lines = {
  comet: (order: LineOrder) => openComet(order, 2),
  "comet-one": (order: LineOrder) => openComet(order, 1),
  streaming: openStreaming,
  ws: openWs,
  tcp: openTcp,
} as const satisfies Record<string, (order: LineOrder) => Promise<Line>>;

export type Form = keyof typeof lines;

export function isForm(name: string): name is Form {
  return Object.hasOwn(lines, name);
}

/**
 * One request is held, and the next goes out when its answer has come. A request that says something finds that
 * connection taken: it needs one of its own, or waits until the other is let go.
 */
async function openComet({ endpoints, holdMs, onAnswer, onBreak }: LineOrder, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let closed = false;
  const listen = () => {
    get(`${endpoints.http}${routes.listen}?holdMs=${holdMs}`, { agent }, async (response) => {
      const answer = await text(response);
      if (closed) return;
      listen();
      if (response.statusCode === 200) onAnswer(answer);
    }).on("error", (error) => {
      if (!closed) onBreak(error);
    });
  };
  listen();
  return {
    say: (words: string) => post(endpoints, agent, words),
    close: () => {
      closed = true;
      agent.destroy();
    },
  };
}

/** One response does not end, and brings all answers; what is said goes in requests beside it. */
async function openStreaming({ endpoints, onAnswer, onBreak }: LineOrder) {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  let closed = false;
  get(`${endpoints.http}${routes.stream}`, { agent }, (response) => {
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      // The server writes each answer as one chunk, and says nothing before it has heard the next words.
      onAnswer(chunk.slice("data: ".length, -"\n\n".length));
    });
  }).on("error", (error) => {
    if (!closed) onBreak(error);
  });
  return {
    say: (words: string) => post(endpoints, agent, words),
    close: () => {
      closed = true;
      agent.destroy();
    },
  };
}

function post({ http }: Endpoints, agent: Agent, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "text/plain", "Content-Length": Buffer.byteLength(words) };
    const outgoing = request(`${http}${routes.say}`, { method: "POST", agent, headers });
    outgoing.on("response", (response: IncomingMessage) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 204) resolve();
        else reject(new Error(`expected status 204 for what was said, got ${response.statusCode}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(words);
  });
}

async function openWs({ endpoints, onAnswer, onBreak }: LineOrder): Promise<Line> {
  const webSocket = new WebSocket(`${endpoints.http.replace("http", "ws")}${routes.ws}`, {
    perMessageDeflate: false,
  });
  await new Promise<void>((resolve, reject) => {
    webSocket.on("open", resolve);
    webSocket.on("error", (error) => {
      reject(error);
      onBreak(error);
    });
  });
  webSocket.on("message", (data) => onAnswer(data.toString()));
  return { say: async (words) => webSocket.send(words), close: () => webSocket.terminate() };
}

async function openTcp({ endpoints, onAnswer, onBreak }: LineOrder): Promise<Line> {
  const { hostname, port } = new URL(endpoints.tcp ?? "");
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.setEncoding("utf8");
  let rest = "";
  socket.on("data", (chunk: string) => {
    const [...whole] = (rest + chunk).split("\0");
    rest = whole.pop() ?? "";
    for (const answer of whole) onAnswer(answer);
  });
  socket.on("error", onBreak);
  return {
    say: async (words) => void socket.write(`${words}\0`),
    close: () => socket.destroy(),
  };
}
