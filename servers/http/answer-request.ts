import { readFile } from "node:fs/promises";
import type { ServerOptions } from "../contract.ts";
import { answerShared, notFound, type Service } from "../service/answer.ts";
import type { HttpAnswer, HttpRequest } from "../service/http-answer.ts";
import { answerResource, type Resource, resourceOf } from "../service/resources.ts";
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
  const resource = resourceOf(request, options);
  if (resource === undefined || "status" in resource) return resource;
  return answerResource(resource, request, await load(resource, options), options);
}

function load(resource: Resource, options: ServerOptions): Promise<Buffer | HttpAnswer> {
  return resource.kind === "page" ? readFile(resource.file) : loadRecording(options, resource.sid);
}
