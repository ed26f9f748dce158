import { readFile } from "node:fs/promises";
import type { HttpAnswer } from "../service/http-answer.ts";
import {
  fetchesAtOnce,
  keptFile,
  noRecording,
  type RecordingOptions,
  recordingNotGiven,
  tooManyFetches,
} from "../service/recording.ts";
import { fetchAndKeep, reasonOf } from "./fetch-recording.ts";

/** Longest that Twilio may take to give a recording. */
const fetchTimeoutMs = 10_000;

/** What is being read or fetched, so that it is only once, however many ask for it. */
const underWay = new Map<string, Promise<Buffer | HttpAnswer>>();
let fetches = 0;

/**
 * A recording of the account, from the data folder or from Twilio, or what is answered in its place. Ask for one only
 * when the address was right (`isKeyOf`).
 */
export function loadRecording(options: RecordingOptions, sid: string): Promise<Buffer | HttpAnswer> {
  const { dataFolder, twilioApi, twilioAccountSid } = options;
  const name = JSON.stringify([dataFolder, twilioApi, twilioAccountSid, sid]);
  const found = underWay.get(name);
  if (found) return found;
  const loading = readOrFetch(options, sid).finally(() => underWay.delete(name));
  underWay.set(name, loading);
  return loading;
}

async function readOrFetch(options: RecordingOptions, sid: string): Promise<Buffer | HttpAnswer> {
  const kept = await readKept(keptFile(options, sid));
  if (kept) return kept;
  if (options.twilioAccountSid === "") return noRecording();
  if (fetches >= fetchesAtOnce) return tooManyFetches();
  fetches++;
  try {
    return (await fetchAndKeep(options, sid, fetchTimeoutMs)) ?? noRecording();
  } catch (error) {
    console.error(`recording ${sid}: ${reasonOf(error)}`);
    return recordingNotGiven();
  } finally {
    fetches--;
  }
}

async function readKept(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    const bytes = await readFile(file);
    return bytes.length > 0 ? bytes : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
