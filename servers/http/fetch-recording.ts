import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { keptFile, type RecordingOptions, twilioAddress } from "../service/recording.ts";

/** Largest recording taken: ten seconds of telephone are 160 kB. */
const maxRecordingBytes = 16 * 1024 * 1024;

/**
 * A recording from Twilio, kept in the data folder from here on if there is one. Undefined: the account has none of
 * that id. Rejects when Twilio does not give it, or gives something else.
 *
 * The address is made from the options alone, never taken from a request.
 */
export async function fetchAndKeep(
  options: RecordingOptions,
  sid: string,
  timeoutMs: number,
): Promise<Buffer | undefined> {
  const recording = await fetchRecording(options, sid, timeoutMs);
  const file = keptFile(options, sid);
  if (recording && file !== undefined) {
    // It is here, and can be heard: that it will have to be fetched again is for whoever reads the log.
    await keep(file, sid, recording).catch((error: unknown) => {
      console.error(`recording ${sid}: expected to keep it in ${file}, got: ${reasonOf(error)}`);
    });
  }
  return recording;
}

/** What went wrong, in one line: `fetch` says so in the cause of its error, or in several. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}

async function fetchRecording(
  options: RecordingOptions,
  sid: string,
  timeoutMs: number,
): Promise<Buffer | undefined> {
  const { twilioAccountSid, twilioAuthToken } = options;
  const credentials = Buffer.from(`${twilioAccountSid}:${twilioAuthToken}`).toString("base64");
  const url = twilioAddress(options, sid);
  const response = await fetch(url, {
    headers: { Authorization: `Basic ${credentials}` },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
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
  if (bytes === 0) throw new Error(`expected a recording from ${url}, got an empty one`);
  return Buffer.concat(chunks);
}

/** Whoever reads the file meanwhile, or after a power cut, finds all of it or nothing; several may write it at once. */
async function keep(file: string, sid: string, recording: Buffer): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `${sid}.${randomUUID()}`);
  try {
    const handle = await open(unfinished, "wx", 0o600);
    try {
      await handle.writeFile(recording);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
