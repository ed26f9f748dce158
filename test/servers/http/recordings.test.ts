import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, type MockInstance, vi } from "vitest";
import { loadRecording } from "../../../servers/http/recordings.ts";
import { fetchesAtOnce } from "../../../servers/service/recording.ts";

const wav = Buffer.from("all of a recording");
const sidOf = (index: number) => `RE${String(index).padStart(32, "0")}`;
const sid = sidOf(0);
const given = () => new Response(wav, { headers: { "Content-Type": "audio/wav" } });

/** Stands for Twilio. */
let asked: MockInstance<typeof fetch>;
let said: MockInstance<typeof console.error>;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "recordings-"));
  asked = vi.spyOn(globalThis, "fetch").mockImplementation(async () => given());
  said = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  asked.mockRestore();
  said.mockRestore();
  await rm(root, { recursive: true });
});

function load(index = 0, dataFolder = "", twilioAccountSid = "AC1") {
  const twilioApi = "http://twilio.example";
  return loadRecording({ dataFolder, twilioApi, twilioAccountSid, twilioAuthToken: "token" }, sidOf(index));
}

it("is fetched once for all who ask at once, and a few are fetched at a time", async () => {
  let answer = () => {};
  const answering = new Promise<void>((resolve) => {
    answer = resolve;
  });
  asked.mockImplementation(() => answering.then(given));
  const loads = Array.from({ length: fetchesAtOnce }, (_, index) => [load(index), load(index)]).flat();
  const tooMany = load(fetchesAtOnce);
  expect(await tooMany).toMatchObject({ status: 503, headers: { "Retry-After": "1" } });
  answer();
  expect(await Promise.all(loads)).toEqual(loads.map(() => wav));
  expect(asked).toHaveBeenCalledTimes(fetchesAtOnce);
  expect(await load(fetchesAtOnce)).toEqual(wav);
});

it("is kept whole, for its owner alone, in place of one that a power cut left empty", async () => {
  const folder = join(root, "recordings");
  await mkdir(folder);
  await writeFile(join(folder, `${sid}.wav`), "");
  expect([await load(0, root), await load(0, root)]).toEqual([wav, wav]);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(await readFile(join(folder, `${sid}.wav`))).toEqual(wav);
  await load(0, join(root, "new"));
  expect((await stat(join(root, "new", "recordings"))).mode & 0o777).toBe(0o700);
});

it("is answered though it cannot be kept, of which nothing is left but a line in the log", async () => {
  const folder = join(root, "recordings");
  // Where the file should be there is a folder, which no file can be renamed to.
  asked.mockImplementation(async () => {
    await mkdir(join(folder, `${sid}.wav`), { recursive: true });
    return given();
  });
  expect(await load(0, root)).toEqual(wav);
  expect(await readdir(folder)).toEqual([`${sid}.wav`]);
  expect(said.mock.calls).toEqual([[expect.stringMatching(/^recording RE0+: expected to keep it in .+$/)]]);
});

it("is asked of no account that is not there, and of one that fails in a single line", async () => {
  expect(await load(0, root, "")).toMatchObject({ status: 404 });
  expect(asked).not.toHaveBeenCalled();
  const cause = new AggregateError([new Error("refused by one"), new Error("refused by the other")]);
  asked.mockRejectedValueOnce(new TypeError("fetch failed", { cause }));
  expect(await load()).toMatchObject({ status: 502 });
  expect(said.mock.calls).toEqual([[`recording ${sid}: fetch failed: refused by one, refused by the other`]]);
  asked.mockResolvedValueOnce(new Response("", { headers: { "Content-Type": "audio/wav" } }));
  expect(await load()).toMatchObject({ status: 502 });
  asked.mockResolvedValueOnce(new Response("", { status: 404 }));
  expect(await load()).toMatchObject({ status: 404 });
});
