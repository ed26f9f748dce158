import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../cli/project.ts";
import type { ServerOptions } from "../contract.ts";
import { pathOf } from "../service/answer.ts";
import type { HttpAnswer, HttpRequest } from "../service/http-answer.ts";
import { answerResource, type Resource, resourceAt } from "../service/resources.ts";

/** Longest that the program may take which fetches a recording; it has a limit of its own, which says more. */
const programTimeoutMs = 15_000;

const fetchProgram = fileURLToPath(new URL("dist/servers/threads/fetch-recording.js", projectFolder));

/** As that of the servers on an event loop, by calls that block the thread until the bytes are here. */
export function answerFromResource(options: ServerOptions, request: HttpRequest): HttpAnswer | undefined {
  const resource = resourceAt(pathOf(request.target));
  return resource && answerResource(resource, request, load(resource, options), options);
}

function load(resource: Resource, options: ServerOptions): Buffer | undefined {
  return resource.kind === "page" ? readFileSync(resource.file) : loadRecording(resource.sid, options);
}

/** Node has no TLS that blocks, so a program fetches the recording, and the thread sleeps until it has ended. */
function loadRecording(sid: string, options: ServerOptions): Buffer | undefined {
  const bytes = execFileSync(process.execPath, [fetchProgram, sid], {
    env: { SERVER_OPTIONS: JSON.stringify(options) },
    maxBuffer: Number.POSITIVE_INFINITY,
    timeout: programTimeoutMs,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return bytes.length === 0 ? undefined : bytes;
}
