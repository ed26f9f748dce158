import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import type { Service } from "../service/answer.ts";
import { bodyTooLarge } from "../service/webhooks/dialect.ts";
import { hookRoutes } from "../service/webhooks/routes.ts";
import { answerRequest } from "./answer-request.ts";
import { readBody } from "./read-body.ts";
import { send, sendRefusal, toHttpRequest } from "./send.ts";

/**
 * The Express app of the servers on an event loop: the routes of the server's own transport, which `addRoutes`
 * adds, and all that the servers share.
 */
export function createApp(service: Service, addRoutes: (app: Express) => void = () => {}): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  // As the servers that route by themselves: a path is what it is, to the letter.
  app.enable("case sensitive routing");
  app.enable("strict routing");
  const paths = hookRoutes.map(({ path }) => path);
  // Not `express.raw`: it answers a body that is too large only once it has read it to its end.
  app.all(paths, async (request: Request, response: Response) => {
    const body = await readBody(request);
    send(response, body === undefined ? bodyTooLarge() : await answer(request, body));
  });
  addRoutes(app);
  app.use(async (request, response) => send(response, await answer(request, noBody)));
  app.use(refuse);
  return app;

  function answer(request: Request, body: Uint8Array) {
    return answerRequest(service, toHttpRequest(request, body));
  }
}

const noBody = Buffer.alloc(0);

const refuse: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  sendRefusal(request, response, error);
};
