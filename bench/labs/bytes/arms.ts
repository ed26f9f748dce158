import { bare, type HeaderBlocks, of2009, ofToday, ofTodayClosing } from "./header-blocks.ts";

interface ArmOfTransport {
  readonly summary: string;
  /** Who decides when a message goes: the client that asks for it, or the server that has it. */
  readonly pacedBy: "client" | "server";
  /** Of those whose requests and answers are written to the letter. */
  readonly blocks?: HeaderBlocks;
  /** Whether each request has a connection of its own. */
  readonly closes?: boolean;
}

/** How a client gets the quote, by name. Its order is that of the tables. */
export const arms = {
  "poll-2009": {
    summary: "asks, with the header blocks of the article: a browser and a servlet of 2009",
    pacedBy: "client",
    blocks: of2009,
  },
  "poll-today": { summary: "asks, with a browser's headers of today", pacedBy: "client", blocks: ofToday },
  "poll-bare": { summary: "asks, with as few headers as can be", pacedBy: "client", blocks: bare },
  "poll-close": {
    summary: "asks, with a browser's headers of today, on a new connection each time",
    pacedBy: "client",
    blocks: ofTodayClosing,
    closes: true,
  },
  "poll-h2": { summary: "asks over HTTP/2, with a browser's headers of today", pacedBy: "client" },
  comet: {
    summary: "a request with a browser's headers of today is held until there is a quote",
    pacedBy: "server",
    blocks: ofToday,
  },
  streaming: { summary: "server-sent events", pacedBy: "server" },
  ws: { summary: "WebSocket by the ws package, compression off", pacedBy: "server" },
  socketio: { summary: "Socket.IO 4, WebSocket from the start", pacedBy: "server" },
  tcp: { summary: "raw TCP, each message ended by a NUL byte", pacedBy: "server" },
} as const satisfies Record<string, ArmOfTransport>;

export type ArmName = keyof typeof arms;

export const armNames = Object.keys(arms) as ArmName[];

export function isArmName(name: string): name is ArmName {
  return Object.hasOwn(arms, name);
}

export function armOf(name: ArmName): ArmOfTransport {
  return arms[name];
}
