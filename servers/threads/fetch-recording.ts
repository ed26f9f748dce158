/** Writes a recording to standard output, nothing if there is none: `fetch-recording.js <sid>`. */
import type { ServerOptions } from "../contract.ts";
import { loadRecording } from "../http/recordings.ts";

const [sid = ""] = process.argv.slice(2);
const options: ServerOptions = JSON.parse(process.env.SERVER_OPTIONS ?? "");
process.stdout.write((await loadRecording(options, sid)) ?? "");
