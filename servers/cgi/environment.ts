import type { IncomingMessage } from "node:http";
import type { Service } from "../service/answer.ts";
import { pathOf } from "../service/target.ts";

/** What a program is told of the service it answers for. */
export type ProgramService = Pick<Service, "about" | "options" | "epoch">;

/**
 * The meta-variables of a request, as the program gets them in its environment.
 * Source: RFC 3875, section 4.1.
 */
export function cgiEnvironment(request: IncomingMessage, bodyBytes: number): Record<string, string> {
  const target = request.url ?? "/";
  const path = pathOf(target);
  const environment: Record<string, string> = {
    GATEWAY_INTERFACE: "CGI/1.1",
    REQUEST_METHOD: request.method ?? "GET",
    // The program answers every path of this server, so its own name is empty and all of the path follows it.
    SCRIPT_NAME: "",
    PATH_INFO: decoded(path),
    // Not of the RFC, but every web server's: paths that differ in their escapes alone are different routes here.
    REQUEST_URI: target,
    QUERY_STRING: target.slice(path.length + 1),
    REMOTE_ADDR: request.socket.remoteAddress ?? "",
    SERVER_NAME: request.socket.localAddress ?? "",
    SERVER_PORT: String(request.socket.localPort ?? ""),
    SERVER_PROTOCOL: `HTTP/${request.httpVersion}`,
    SERVER_SOFTWARE: "evented-web-measured",
  };
  if (bodyBytes > 0) environment.CONTENT_LENGTH = String(bodyBytes);
  for (const [name, value] of Object.entries(request.headers)) {
    // A name with an underscore would pass for another with a hyphen.
    if (value === undefined || withheld.has(name) || name.includes("_")) continue;
    const variable = name.toUpperCase().replaceAll("-", "_");
    environment[variable === "CONTENT_TYPE" ? variable : `HTTP_${variable}`] = [value].flat().join(", ");
  }
  return environment;
}

/**
 * The path without its escapes, as section 4.1.5 asks; as it came where they are no escapes, or stand for NUL,
 * which no environment can hold.
 */
function decoded(path: string): string {
  try {
    const text = decodeURIComponent(path);
    return text.includes("\0") ? path : text;
  } catch {
    return path;
  }
}

/**
 * Headers that do not reach the program: those the server has dealt with (section 4.1.18), and `Proxy`, which
 * would become HTTP_PROXY and redirect the program's own requests (CVE-2016-5385). `Authorization` does: it is the
 * program that checks the tokens of webhooks.
 */
const withheld = new Set(["content-length", "transfer-encoding", "connection", "proxy"]);

/** The headers of the request again, from the program's side, names in lower case. */
export function headersOf(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = { "content-type": environment.CONTENT_TYPE };
  for (const [variable, value] of Object.entries(environment)) {
    if (variable.startsWith("HTTP_")) headers[variable.slice(5).toLowerCase().replaceAll("_", "-")] = value;
  }
  return headers;
}
