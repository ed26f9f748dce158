/** A web server that starts a program for each request, as servers did in 1993, or answers by itself. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { serve } from "../../load/rpc.ts";
import { cpuMsWithChildren } from "./cpu-time.ts";
import { answerBody, type Program } from "./programs.ts";

/** Gives the address, as a URL. */
async function listen({ program }: { readonly program: Program | undefined }): Promise<string> {
  const server = createServer((request, response) => {
    const answering = program === undefined ? Promise.resolve(answerBody) : run(program, request);
    answering.then(
      (body) => {
        response.setHeader("Content-Type", "application/json");
        response.end(body);
      },
      (error: unknown) => {
        response.statusCode = 502;
        response.end(String(error));
      },
    );
  });
  // The client may pause: its connections are kept.
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Starts the program, with what a CGI program finds in its environment, and gives the body that it says. */
async function run({ file, args }: Program, { method, url }: IncomingMessage): Promise<string> {
  const env = {
    GATEWAY_INTERFACE: "CGI/1.1",
    REQUEST_METHOD: method,
    PATH_INFO: url,
    QUERY_STRING: "",
    SERVER_PROTOCOL: "HTTP/1.1",
  };
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const [said, [code]] = await Promise.all([text(child.stdout), closed]);
  if (code !== 0) throw new Error(`expected ${file} to end with code 0, got ${code}`);
  // A program that can say nothing has its answer said.
  return said === "" ? answerBody : said.slice(said.indexOf("\r\n\r\n") + 4);
}

const methods = { listen, cpuMs: () => cpuMsWithChildren() };
export type FrontMethods = typeof methods;
serve(methods);
