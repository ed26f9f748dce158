import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DeckServer } from "../../slides/deck-server.ts";

let folder: string;
let deck: DeckServer;
let calls = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deck-"));
  await writeFile(join(folder, "index.html"), "<p>the deck</p>");
  deck = await DeckServer.listen(0);
});
afterAll(async () => {
  await deck.close();
  await rm(folder, { recursive: true });
});

const show = () => {
  deck.show({
    folder,
    framed: ["http://127.0.0.1:1/", "http://127.0.0.1:1/compare"],
    placeCall: () => {
      calls += 1;
    },
  });
};

/** Sends the path as it is; `fetch` would tidy it first. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${deck.address}/`, { path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

it("asks for patience until there is something to show", async () => {
  expect((await fetch(deck.address)).status).toBe(503);
});

it("serves the files of its folder and no others", async () => {
  show();
  const answer = await fetch(`${deck.address}/?print-pdf`);
  expect([answer.status, await answer.text()]).toEqual([200, "<p>the deck</p>"]);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  for (const path of [
    "/../package.json",
    "/%2e%2e/package.json",
    "/assets",
    "//etc/passwd",
    "/..\\x",
    "/.git",
    "/a/../b",
  ])
    expect(await statusOf(path), path).toBe(404);
  expect((await fetch(deck.address, { method: "PUT" })).status).toBe(405);
});

it("lets its pages load nothing from elsewhere, and frame the demo alone", async () => {
  show();
  const policy = (await fetch(deck.address)).headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'self' data:;");
  expect(policy).toContain("frame-src 'self' http://127.0.0.1:1;");
});

it("takes the wish for a call from its own pages alone", async () => {
  show();
  const ask = (origin: string, method = "POST") =>
    fetch(`${deck.address}/live/call`, { method, headers: { Origin: origin } });
  expect((await ask(deck.address)).status).toBe(204);
  expect((await ask("http://foreign.example")).status).toBe(403);
  expect((await ask("null")).status).toBe(403);
  expect((await fetch(`${deck.address}/live/call`)).status).toBe(405);
  expect(calls).toBe(1);
});

it("says what to do when its port is in use", async () => {
  await expect(DeckServer.listen(Number(new URL(deck.address).port))).rejects.toThrow(
    /got: .*EADDRINUSE.*\nnext: .*--port/,
  );
});
