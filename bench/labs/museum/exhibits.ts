import type { Arm } from "../../result.ts";

/** How the server comes to its answer, or the subscriber to its event. */
export type Exhibit =
  /** A program is started for each request, by a front that does nothing else. */
  | { readonly kind: "program"; readonly program: ProgramName }
  /** The front answers by itself. */
  | { readonly kind: "handler" }
  /** Requests to one of the servers. */
  | { readonly kind: "requests"; readonly server: "cgi" | "polling" }
  /** Events pushed by one of the servers. */
  | { readonly kind: "events"; readonly server: "comet" | "ws" };

export type ProgramName = "true" | "sh" | "perl" | "python3" | "node";

/** From the process per request of 1993 to push, in the order of every table. */
const exhibits = {
  true: [{ kind: "program", program: "true" }, "CGI: a program that does nothing, for each request"],
  sh: [{ kind: "program", program: "sh" }, "CGI: a shell script of one line, for each request"],
  perl: [{ kind: "program", program: "perl" }, "CGI: Perl, for each request"],
  python3: [{ kind: "program", program: "python3" }, "CGI: Python, for each request"],
  node: [{ kind: "program", program: "node" }, "CGI: Node.js, for each request"],
  cgi: [{ kind: "requests", server: "cgi" }, "our CGI server, with all that it has to load"],
  handler: [{ kind: "handler" }, "in process, as servlets since 1997: a function of the server"],
  poll: [{ kind: "requests", server: "polling" }, "a poll that finds an event, as pages since 1999"],
  comet: [{ kind: "events", server: "comet" }, "an event as the answer to a request that was held, 2006"],
  ws: [{ kind: "events", server: "ws" }, "an event as a frame on a websocket, drafts since 2009"],
} as const satisfies Record<string, readonly [Exhibit, string]>;

export const arms: readonly Arm[] = Object.entries(exhibits).map(([name, [, summary]]) => ({
  name,
  summary,
}));

export function exhibitOf(arm: string): Exhibit {
  const found = Object.entries(exhibits).find(([name]) => name === arm);
  if (found === undefined)
    throw new Error(`expected an arm of ${Object.keys(exhibits).join(", ")}, got ${arm}`);
  return found[1][0];
}
