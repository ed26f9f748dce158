import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../cli/project.ts";
import type { ServerOptions } from "../contract.ts";
import { goodbyeMs } from "../service/feeds.ts";
import type { HttpAnswer, HttpRequest } from "../service/http-answer.ts";
import {
  keptFile,
  noRecording,
  type RecordingOptions,
  recordingNotGiven,
  tooManyFetches,
} from "../service/recording.ts";
import { answerResource, type Resource, resourceOf } from "../service/resources.ts";
import type { SharedSwitchboard } from "./shared-switchboard.ts";

/**
 * Longest that Twilio may take to give a recording, and the program that fetches it in all. A thread that waits for
 * the program hears nothing else, so it has to be over in the time that a closing server gives.
 */
const fetchTimeoutMs = goodbyeMs - 1_500;
const programTimeoutMs = goodbyeMs - 500;

const fetchProgram = fileURLToPath(new URL("dist/servers/threads/fetch-recording.js", projectFolder));

/** What the threads count together of the programs that they wait for. */
type Fetches = Pick<SharedSwitchboard, "beginFetch" | "endFetch">;

/** As that of the servers on an event loop, by calls that block the thread until the bytes are here. */
export function answerFromResource(
  options: ServerOptions,
  request: HttpRequest,
  fetches: Fetches,
): HttpAnswer | undefined {
  const resource = resourceOf(request, options);
  if (resource === undefined || "status" in resource) return resource;
  return answerResource(resource, request, load(resource, options, fetches), options);
}

function load(resource: Resource, options: ServerOptions, fetches: Fetches): Buffer | HttpAnswer {
  return resource.kind === "page"
    ? readFileSync(resource.file)
    : loadRecording(resource.sid, options, fetches);
}

function loadRecording(sid: string, options: ServerOptions, fetches: Fetches): Buffer | HttpAnswer {
  const kept = readKept(keptFile(options, sid));
  if (kept) return kept;
  if (options.twilioAccountSid === "") return noRecording();
  if (!fetches.beginFetch()) return tooManyFetches();
  try {
    return fetchRecording(sid, options);
  } finally {
    fetches.endFetch();
  }
}

/** Node has no TLS that blocks, so a program fetches the recording, and the thread sleeps until it has ended. */
function fetchRecording(sid: string, options: ServerOptions): Buffer | HttpAnswer {
  const { dataFolder, twilioApi, twilioAccountSid, twilioAuthToken } = options;
  const needed: RecordingOptions = { dataFolder, twilioApi, twilioAccountSid, twilioAuthToken };
  const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
  const { status, stdout, signal, error } = spawnSync(
    process.execPath,
    [fetchProgram, sid, String(fetchTimeoutMs)],
    {
      env: {
        RECORDING_OPTIONS: JSON.stringify(needed),
        ...(PATH === undefined ? {} : { PATH }),
        ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }),
      },
      maxBuffer: Number.POSITIVE_INFINITY,
      timeout: programTimeoutMs,
      killSignal: "SIGKILL",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  if (status === 0) return stdout.length > 0 ? stdout : noRecording();
  // One that ended by itself has said why.
  if (status === null)
    console.error(`recording ${sid}: the program that fetches it: ${error?.message ?? signal}`);
  return recordingNotGiven();
}

function readKept(file: string | undefined): Buffer | undefined {
  if (file === undefined) return undefined;
  try {
    const bytes = readFileSync(file);
    return bytes.length > 0 ? bytes : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
