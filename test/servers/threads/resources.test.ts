import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withDefaults } from "../../../servers/options.ts";
import { fetchesAtOnce, recordingAddress } from "../../../servers/service/recording.ts";
import { answerFromResource } from "../../../servers/threads/resources.ts";
import { createSharedMemory, SharedSwitchboard } from "../../../servers/threads/shared-switchboard.ts";

const sid = `RE${"0".repeat(32)}`;
const options = withDefaults({ twilioAuthToken: "token", historyEvents: 10 });

it("a thread starts a program only for a recording that it has to fetch, and if not too many do", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "recordings-"));
  const switchboard = new SharedSwitchboard(createSharedMemory(1, options.historyEvents), options);
  for (let begun = 0; begun < fetchesAtOnce; begun++) expect(switchboard.beginFetch()).toBe(true);
  const ask = (twilioAccountSid: string, method = "GET") =>
    answerFromResource(
      { ...options, dataFolder, twilioAccountSid },
      { method, target: recordingAddress(sid, "token"), headers: {}, body: Buffer.alloc(0) },
      switchboard,
    );
  expect(ask("AC1")).toMatchObject({ status: 503, headers: { "Retry-After": "1" } });
  expect(ask("AC1", "DELETE")).toMatchObject({ status: 405 });
  expect(ask("")).toMatchObject({ status: 404 });
  await mkdir(join(dataFolder, "recordings"));
  await writeFile(join(dataFolder, "recordings", `${sid}.wav`), "kept");
  expect(ask("AC1")).toMatchObject({ status: 200, body: Buffer.from("kept") });
  await rm(dataFolder, { recursive: true });
  switchboard.endFetch();
  expect([switchboard.beginFetch(), switchboard.beginFetch()]).toEqual([true, false]);
});
