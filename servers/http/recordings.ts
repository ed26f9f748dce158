import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerOptions } from "../contract.ts";
import { recordingUrl } from "../service/resources.ts";

/** Longest that Twilio may take to give a recording. */
const fetchTimeoutMs = 10_000;

/** Largest recording taken: ten seconds of telephone are 160 kB. */
const maxRecordingBytes = 16 * 1024 * 1024;

/**
 * A recording of the account: from the data folder, or from Twilio, and kept then. Undefined: there is none of
 * that id. Rejects when Twilio does not give it, or gives something else.
 *
 * The address is made from the options alone, never taken from a request.
 */
export async function loadRecording(options: ServerOptions, sid: string): Promise<Buffer | undefined> {
  const folder = options.dataFolder === "" ? undefined : join(options.dataFolder, "recordings");
  const kept = folder && (await readKept(join(folder, `${sid}.wav`)));
  if (kept) return kept;
  const recording = await fetchRecording(options, sid);
  if (recording && folder) {
    await mkdir(folder, { recursive: true });
    // Whoever reads it meanwhile finds all of it, or nothing; several may ask for it at once.
    const unfinished = join(folder, `${sid}.${randomUUID()}`);
    await writeFile(unfinished, recording);
    await rename(unfinished, join(folder, `${sid}.wav`));
  }
  return recording;
}

async function readKept(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function fetchRecording(options: ServerOptions, sid: string): Promise<Buffer | undefined> {
  const { twilioAccountSid, twilioAuthToken } = options;
  if (twilioAccountSid === "") return undefined;
  const credentials = Buffer.from(`${twilioAccountSid}:${twilioAuthToken}`).toString("base64");
  const url = recordingUrl(options, sid);
  const response = await fetch(url, {
    headers: { Authorization: `Basic ${credentials}` },
    redirect: "error",
    signal: AbortSignal.timeout(fetchTimeoutMs),
  });
  const type = response.headers.get("content-type") ?? "none";
  if (response.status !== 200 || !/^audio\/(?:x-|vnd\.)?wave?\b/.test(type)) {
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw new Error(`expected status 200 and audio/wav from ${url}, got ${response.status} and ${type}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxRecordingBytes)
      throw new Error(`expected at most ${maxRecordingBytes} bytes from ${url}, got more`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
