/** Writes a recording to standard output, nothing if there is none: `fetch-recording.js <sid> <timeoutMs>`. */
import { fetchAndKeep, reasonOf } from "../http/fetch-recording.ts";
import type { RecordingOptions } from "../service/recording.ts";

const [sid = "", timeoutMs] = process.argv.slice(2);
const options: RecordingOptions = JSON.parse(process.env.RECORDING_OPTIONS ?? "");
try {
  process.stdout.write((await fetchAndKeep(options, sid, Number(timeoutMs))) ?? "");
} catch (error) {
  console.error(`recording ${sid}: ${reasonOf(error)}`);
  process.exitCode = 1;
}
