import { setTimeout as wait } from "node:timers/promises";
import { sampleRate } from "./fake-twilio/wav.ts";

/** How long a recording may be out of reach, as while its server is started again. */
const patienceMs = 15_000;
const pauseMs = 100;
const requestTimeoutMs = 10_000;

/** Gets a recording as an `<audio>` element does, asking for a range of it: what came, for people. */
export async function playRecording(url: URL, signal: AbortSignal): Promise<string> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const result = await fetchRange(url, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      return error instanceof Error ? error : new Error(String(error));
    });
    if (typeof result === "string") return result;
    if (performance.now() >= until) throw result;
    await wait(pauseMs, undefined, { signal });
  }
}

async function fetchRange(url: URL, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, {
    headers: { Range: "bytes=0-" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get("content-type") ?? "none";
  const range = response.headers.get("content-range") ?? "none";
  if (
    response.status !== 206 ||
    type !== "audio/wav" ||
    range !== `bytes 0-${bytes.length - 1}/${bytes.length}`
  )
    throw new Error(
      `expected 206, audio/wav and the range of all, got ${response.status}, ${type} and ${range}`,
    );
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.readUInt32LE(4) !== bytes.length - 8)
    throw new Error(
      `expected a WAV file as long as its header says, got ${bytes.length} bytes that are none`,
    );
  const seconds = (bytes.length - 44) / (2 * sampleRate);
  return `206 audio/wav, ${Math.round(bytes.length / 1_024)} KiB, ${seconds.toFixed(1)} s`;
}
