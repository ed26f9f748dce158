/**
 * What a GET asks for beside the service's own answers: files of the dashboard, and recordings of calls. Their
 * bytes have to be waited for, which is where the I/O models differ; what is answered with them is said here.
 */
import { projectFolder } from "../../cli/project.ts";
import type { ServerOptions } from "../contract.ts";
import { wrongMethod } from "./answer.ts";
import { parseRange } from "./byte-range.ts";
import { errorAnswer, type HttpAnswer, type HttpRequest, noSniffing } from "./http-answer.ts";
import { isKeyOf, noRecording, recordingAt } from "./recording.ts";
import { pathOf, queryOf } from "./target.ts";
import { headerOf } from "./webhooks/dialect.ts";

export type Resource =
  | { readonly kind: "page"; readonly file: URL; readonly contentType: string }
  | { readonly kind: "recording"; readonly sid: string };

const types = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
} as const;

/** What the pages of `servers/dashboard` are made of, by its path there. */
const dashboardFiles = [
  "announcer.js",
  "calls-view.js",
  "calls.css",
  "calls.js",
  "clock.js",
  "column.js",
  "compare.css",
  "compare.js",
  "connect/comet.js",
  "connect/connect.js",
  "connect/connection.js",
  "connect/polling.js",
  "connect/socketio-polling.js",
  "connect/socketio.js",
  "connect/streaming.js",
  "connect/ws.js",
  "connection-view.js",
  "dashboard.css",
  "events-view.js",
  "favicon.svg",
  "follow-page.js",
  "format.js",
  "latency-plot.js",
  "latency.js",
  "main.js",
  "race-strip.js",
  "race.js",
  "recording.js",
  "ring.js",
  "server-json.js",
  "svg.js",
  "template.js",
];

/** Every file that a page may ask for, by the path it asks for, so that no other can be. */
export const pages: Readonly<Record<string, string>> = {
  "/": "servers/dashboard/index.html",
  "/compare": "servers/dashboard/compare.html",
  "/dashboard/socket.io.js": "node_modules/socket.io-client/dist/socket.io.esm.min.js",
  ...Object.fromEntries(dashboardFiles.map((file) => [`/dashboard/${file}`, `servers/dashboard/${file}`])),
};

/** The resource of a path; undefined where there is none. */
export function resourceAt(path: string): Resource | undefined {
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page !== undefined) {
    const extension = page.slice(page.lastIndexOf(".") + 1) as keyof typeof types;
    return { kind: "page", file: new URL(page, projectFolder), contentType: types[extension] };
  }
  const sid = recordingAt(path);
  return sid === undefined ? undefined : { kind: "recording", sid };
}

/** The resource whose bytes a request needs, or its answer if it needs none; undefined where there is no resource. */
export function resourceOf(
  request: HttpRequest,
  { twilioAuthToken }: ServerOptions,
): Resource | HttpAnswer | undefined {
  const resource = resourceAt(pathOf(request.target));
  if (resource === undefined) return undefined;
  if (request.method !== "GET" && request.method !== "HEAD") return wrongMethod(request.method, "GET, HEAD");
  if (resource.kind === "page") return resource;
  const key = queryOf(request.target).get("key") ?? "";
  return isKeyOf(resource.sid, key, twilioAuthToken) ? resource : noRecording();
}

/** The answer to a request for a resource whose bytes are here, or what is answered in their place. */
export function answerResource(
  resource: Resource,
  request: HttpRequest,
  bytes: Buffer | HttpAnswer,
  options: ServerOptions,
): HttpAnswer {
  if ("status" in bytes) return bytes;
  if (resource.kind === "page") {
    return { status: 200, headers: pageHeaders(resource.contentType, options), body: bytes };
  }
  // A recording never changes: whoever has it need not ask again.
  const headers = {
    ...ownOnly,
    "Content-Type": "audio/wav",
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=86400",
  };
  // Of a GET alone (RFC 9110, section 14.2); and nothing here has a validator that If-Range could name (13.1.5).
  const hasRange = request.method === "GET" && headerOf(request, "if-range") === undefined;
  const range = hasRange ? parseRange(headerOf(request, "range"), bytes.length) : undefined;
  if (range === undefined) return { status: 200, headers, body: bytes };
  if (range === "unsatisfiable") {
    return errorAnswer(416, `expected a part of ${bytes.length} bytes, got a range beyond them`, {
      "Content-Range": `bytes */${bytes.length}`,
    });
  }
  const { first, last } = range;
  return {
    status: 206,
    headers: { ...headers, "Content-Range": `bytes ${first}-${last}/${bytes.length}` },
    body: bytes.subarray(first, last + 1),
  };
}

/** For pages of this server alone: others may not even embed it. Source: the Fetch standard, CORP. */
const ownOnly = { ...noSniffing, "Cross-Origin-Resource-Policy": "same-origin" } as const;

/**
 * Nothing from outside: scripts, styles and pictures from this server, connections to it and to its peers. Who frames a
 * page can lay something else over it and have its buttons clicked (clickjacking): nobody may who was not named.
 */
function pageHeaders(
  contentType: string,
  { peers, framingOrigins }: Pick<ServerOptions, "peers" | "framingOrigins">,
): Record<string, string> {
  const framing = framingOrigins.length === 0 ? "'none'" : framingOrigins.join(" ");
  const connect = ["'self'", ...peers.flatMap((peer) => [peer, peer.replace(/^http/, "ws")])].join(" ");
  return {
    ...ownOnly,
    "Content-Type": contentType,
    "Cache-Control": "no-cache",
    "Content-Security-Policy": `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src ${connect}; base-uri 'none'; form-action 'none'; frame-ancestors ${framing}`,
    "Referrer-Policy": "no-referrer",
  };
}
