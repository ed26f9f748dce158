/** A recording of a call: its address, where it is kept and where it comes from, and what is answered without one. */
import { join } from "node:path";
import type { ServerOptions } from "../contract.ts";
import { errorAnswer, type HttpAnswer } from "./http-answer.ts";
import { hmac, isSameText } from "./webhooks/signature.ts";

/** What is needed of a server's options to get a recording. */
export type RecordingOptions = Pick<
  ServerOptions,
  "dataFolder" | "twilioApi" | "twilioAccountSid" | "twilioAuthToken"
>;

/** How many recordings may be fetched from Twilio at once. */
export const fetchesAtOnce = 4;

/** Of the key in an address: nobody guesses 128 bits. */
const keyBytes = 16;

const recordingPath = /^\/recordings\/(RE[0-9a-f]{32})\.wav$/;

/** The id of the recording at a path; undefined where there is none. */
export function recordingAt(path: string): string | undefined {
  return recordingPath.exec(path)?.[1];
}

/**
 * Where a server gives a recording. Whoever has this address may have the recording, and nobody else can make the
 * server ask Twilio for one: the key in it is made from the id and the account's token. So every server of the token,
 * and the same one after a restart, knows the addresses it gave without having kept any.
 */
export function recordingAddress(sid: string, twilioAuthToken: string): string {
  return `/recordings/${sid}.wav?key=${keyOf(sid, twilioAuthToken)}`;
}

/** Whether `key` is that of the recording's address. Compares in constant time. */
export function isKeyOf(sid: string, key: string, twilioAuthToken: string): boolean {
  return twilioAuthToken !== "" && isSameText(key, keyOf(sid, twilioAuthToken));
}

function keyOf(sid: string, twilioAuthToken: string): string {
  const mac = Buffer.from(hmac("sha256", twilioAuthToken, "base64url", sid), "base64url");
  return mac.subarray(0, keyBytes).toString("base64url");
}

/** Where a recording of the account is fetched from. Source: Twilio, "Recordings resource". */
export function twilioAddress({ twilioApi, twilioAccountSid }: RecordingOptions, sid: string): URL {
  return new URL(`/2010-04-01/Accounts/${twilioAccountSid}/Recordings/${sid}.wav`, twilioApi);
}

/** The file in which a recording is kept; undefined without a data folder. An empty one is none: a save was torn. */
export function keptFile({ dataFolder }: RecordingOptions, sid: string): string | undefined {
  return dataFolder === "" ? undefined : join(dataFolder, "recordings", `${sid}.wav`);
}

export function noRecording(): HttpAnswer {
  return errorAnswer(404, "expected a recording at the address that its event gave, got another");
}

/** Twilio did not give it; whoever sends this logs why. */
export function recordingNotGiven(): HttpAnswer {
  return errorAnswer(
    502,
    "expected Twilio to give the recording, got none; the server's log says why: try again later",
  );
}

export function tooManyFetches(): HttpAnswer {
  const error = `expected at most ${fetchesAtOnce} recordings to be fetched at once, got more; try again later`;
  return errorAnswer(503, error, { "Retry-After": "1" });
}
