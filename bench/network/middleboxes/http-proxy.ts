import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { endToEnd } from "./hop-by-hop.ts";
import type { Address, Interfere } from "./middlebox.ts";

/** Passes an answer on to the client. */
export type PassOn = (answer: IncomingMessage, response: ServerResponse, interfere: Interfere) => void;

/**
 * An HTTP/1.1 proxy: reads requests, asks the server the same on connections of its own, and has `passOn` pass the answers on.
 * Bytes that are no request are refused. A request to upgrade is to it one like any other, unless whoever made it listens
 * to `upgrade`.
 */
export function httpProxy(upstream: Address, interfere: Interfere, passOn: PassOn = asItComes): Server {
  const proxy = createServer({ noDelay: true }, (incoming, response) => {
    if (incoming.headers.upgrade !== undefined) interfere("stripped an Upgrade");
    const onward = askOnward(upstream, incoming, endToEnd(incoming.rawHeaders));
    onward.on("response", (answer) => passOn(answer, response, interfere));
    onward.on("error", () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { "Content-Length": 0 }).end();
    });
    response.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  proxy.on("clientError", (_error, socket) => {
    if (!socket.writable) return;
    interfere("refused bytes that are no HTTP request");
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return proxy;
}

/** The same request, to the server; whoever calls sends its body and ends it. */
export function askOnward(upstream: Address, { method, url }: IncomingMessage, headers: readonly string[]) {
  return request({
    ...upstream,
    ...(method === undefined ? {} : { method }),
    ...(url === undefined ? {} : { path: url }),
    headers,
    agent: false,
  });
}

export function beginAnswer(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
}

/** Passes each part of an answer on as soon as it is there. */
function asItComes(answer: IncomingMessage, response: ServerResponse): void {
  beginAnswer(answer, response);
  response.flushHeaders();
  answer.pipe(response);
  answer.on("error", () => response.destroy());
}
