import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Server } from "../contract.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { readBody } from "../http/read-body.ts";
import { send, sendRefusal } from "../http/send.ts";
import { aboutOf } from "../service/answer.ts";
import { goodbyeMs } from "../service/feeds.ts";
import type { HttpAnswer } from "../service/http-answer.ts";
import { RateLimit } from "../service/rate-limit.ts";
import { fetchesAtOnce, recordingAt } from "../service/recording.ts";
import { startService } from "../service/start-service.ts";
import { pathOf } from "../service/target.ts";
import { bodyTooLarge } from "../service/webhooks/dialect.ts";
import type { ProgramService } from "./environment.ts";
import { cgiEnvironment } from "./environment.ts";
import { Programs } from "./programs.ts";
import { openStore } from "./store.ts";

/** `program.ts` as the build bundles it, so that no more is found for each request than what it runs. */
const programFile = fileURLToPath(new URL("./program.mjs", import.meta.url));

const server: Server = {
  name: "cgi",
  ioModel: "process per request",
  transport: "polling",
  summary: "a fresh process for every request, as in 1993",
  exempt: [
    {
      check: "survives a reconnect storm",
      reason: "1,000 webhooks and 100 pollers, each request a process, take minutes",
    },
    {
      check: "cuts off a subscriber that stops reading",
      reason: "an answer holds at most 1 MiB, and nothing waits between answers",
    },
  ],
  ceiling: {
    subscribers: 8,
    eventsPerSecond: 5,
    reason: "each request starts a Node.js process, which takes tens of milliseconds of CPU",
  },

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const store = await openStore(switchboard, new RateLimit(options.webhooksPerSecond));
      const programs = new Programs(programFile, options.workers, options.queueLength);
      // Beside the others, whom it must not hold up when Twilio is slow.
      const recordings = new Programs(programFile, fetchesAtOnce, options.queueLength);
      const front = new Front(service, store.path, programs, recordings);
      const http = createHttpServer(options, (request, response) => {
        front.answer(request, response).then(
          (answer) => send(response, answer),
          (error: unknown) => sendRefusal(request, response, error),
        );
      });
      const httpUrl = await listen(http, options.host, options.port).catch(async (error: unknown) => {
        await store.close();
        throw error;
      });
      return {
        endpoints: { http: httpUrl },
        usage: async () => ({
          connections: await countConnections(http),
          cutOff: 0,
          queued: programs.queued + recordings.queued,
        }),
        close: async () => {
          const force = setTimeout(() => {
            programs.killAll();
            recordings.killAll();
          }, goodbyeMs);
          await closeHttpServer(http);
          clearTimeout(force);
          await store.close();
        },
      };
    });
  },
};

/** The web server in front of the programs: reads requests, starts a program for each, hands its answer back. */
class Front {
  readonly #programs: Programs;
  readonly #recordings: Programs;
  readonly #variables: Record<string, string>;

  constructor(service: ProgramService, storePath: string, programs: Programs, recordings: Programs) {
    const { about, options, epoch } = service;
    this.#programs = programs;
    this.#recordings = recordings;
    const { NODE_EXTRA_CA_CERTS } = process.env;
    this.#variables = {
      PATH: process.env.PATH ?? "",
      ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }),
      SWITCHBOARD_SOCKET: storePath,
      SERVICE: JSON.stringify({ about, options, epoch } satisfies ProgramService),
    };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<HttpAnswer> {
    const body = await readBody(request);
    if (body === undefined) return bodyTooLarge();
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const environment = { ...cgiEnvironment(request, body.length), ...this.#variables };
    const programs = recordingAt(pathOf(request.url ?? "")) === undefined ? this.#programs : this.#recordings;
    return programs.answer({ environment, body, signal: gone.signal });
  }
}

export default server;
