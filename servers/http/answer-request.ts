import { readFile } from "node:fs/promises";
import type { ServerOptions } from "../contract.ts";
import { answerShared, notFound, pathOf, type Service } from "../service/answer.ts";
import type { HttpAnswer, HttpRequest } from "../service/http-answer.ts";
import { answerResource, type Resource, resourceAt } from "../service/resources.ts";
import { loadRecording } from "./recordings.ts";

/** Answers every route but those of the transport, waiting for bytes as an event loop does. */
export async function answerRequest(service: Service, request: HttpRequest): Promise<HttpAnswer> {
  return (
    (await answerFromResource(service.options, request)) ??
    answerShared(service, request) ??
    notFound(request)
  );
}

/** The answer to a request for a file of the dashboard or a recording; undefined for other paths. */
export async function answerFromResource(
  options: ServerOptions,
  request: HttpRequest,
): Promise<HttpAnswer | undefined> {
  const resource = resourceAt(pathOf(request.target));
  return resource && answerResource(resource, request, await load(resource, options), options);
}

function load(resource: Resource, options: ServerOptions): Promise<Buffer | undefined> {
  return resource.kind === "page" ? readFile(resource.file) : loadRecording(options, resource.sid);
}
