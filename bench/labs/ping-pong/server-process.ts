/** A server to talk with in every form at once: it answers whatever is said with the same words. */
import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import type { Endpoints } from "../../../servers/contract.ts";
import { serve } from "../../load/rpc.ts";
import { Mailbox } from "./mailbox.ts";
import { routes } from "./routes.ts";

async function open(): Promise<Endpoints> {
  const mailbox = new Mailbox();
  const http = createHttpServer({ noDelay: true, keepAliveTimeout: 0 }, async (request, response) => {
    const url = new URL(request.url ?? "/", "http://host");
    if (url.pathname === routes.say) await take(request, response, mailbox);
    else if (url.pathname === routes.listen) hold(response, mailbox, Number(url.searchParams.get("holdMs")));
    else if (url.pathname === routes.stream) stream(response, mailbox);
    else response.writeHead(404).end();
  });
  const webSockets = new WebSocketServer({ server: http, path: routes.ws, perMessageDeflate: false });
  webSockets.on("connection", (webSocket) => {
    webSocket.on("message", (data) => webSocket.send(data.toString()));
  });
  // What is said comes whole or in parts: either way the same bytes go back.
  const tcp = createTcpServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });
  return { http: await listen(http, "http"), tcp: await listen(tcp, "tcp") };
}

async function listen(server: Server, protocol: string): Promise<string> {
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function take(request: IncomingMessage, response: ServerResponse, mailbox: Mailbox): Promise<void> {
  mailbox.put(await text(request));
  response.writeHead(204).end();
}

/** Answers with what is there; else with what comes within the time, and then with nothing. */
function hold(response: ServerResponse, mailbox: Mailbox, holdMs: number): void {
  const letGo = setTimeout(() => {
    mailbox.forget();
    response.writeHead(204).end();
  }, holdMs);
  mailbox.next((answer) => {
    clearTimeout(letGo);
    response.writeHead(200, { "Content-Length": Buffer.byteLength(answer) }).end(answer);
  });
}

function stream(response: ServerResponse, mailbox: Mailbox): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  const next = (answer: string) => {
    response.write(`data: ${answer}\n\n`);
    mailbox.next(next);
  };
  mailbox.next(next);
}

const methods = { open };
export type ServerMethods = typeof methods;
serve(methods);
