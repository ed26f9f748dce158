import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { MiddleboxName } from "../../../../bench/network/middleboxes/index.ts";
import {
  ask,
  askForUpgrade,
  echoServer,
  listen,
  openBox,
  rawConnection,
  readUntil,
} from "./box-under-test.ts";

const httpBoxes = ["strips-upgrade", "swallows-upgrade", "buffers-responses", "http-only"] as const;
const allBoxes = ["transparent", "kills-idle", ...httpBoxes] as const;
const tunnelling = ["transparent", "kills-idle", "buffers-responses", "http-only"] as const;

/** Answers with what it was asked. */
const mirror = () =>
  echoServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    response.writeHead(203, "So they say", { "X-Kept": "yes", "Set-Cookie": ["a=1", "b=2"] });
    response.end(
      `${incoming.method} ${incoming.url} ${incoming.headers["x-mine"] ?? ""} ${Buffer.concat(chunks)}`,
    );
  });

describe.each(allBoxes)("%s", (name) => {
  it("passes a request and its answer on", async () => {
    const { address } = await openBox(name, await listen(mirror()));
    const headers = { "X-Mine": "mine" };
    const { answer, body } = await ask(address, { path: "/a?b=c", method: "POST", body: "words", headers });
    expect(answer).toMatchObject({ statusCode: 203, statusMessage: "So they say" });
    expect(answer.headers).toMatchObject({ "x-kept": "yes", "set-cookie": ["a=1", "b=2"] });
    expect(await body()).toBe("POST /a?b=c mine words");
  });
});

it.each(["transparent", "kills-idle", "strips-upgrade", "swallows-upgrade", "http-only"] as const)(
  "%s passes each part of an answer on as it comes",
  async (name) => {
    const upstream = echoServer((_incoming, response) => void response.write("the first part"));
    const { address } = await openBox(name, await listen(upstream));
    const { answer } = await ask(address);
    const [part] = await once(answer, "data");
    expect(String(part)).toBe("the first part");
  },
);

it("buffers-responses passes nothing of an answer on before its end", async () => {
  let finish = () => {};
  const upstream = echoServer((incoming, response) => {
    if (incoming.url !== "/long") return response.end("short");
    finish = () => response.end(" and the rest");
    return response.write("the first part");
  });
  const { address, deeds } = await openBox("buffers-responses", await listen(upstream));
  let begun = false;
  const asked = ask(address, { path: "/long" }).then((asked) => {
    begun = true;
    return asked;
  });
  // The box has had the first part by the time that it asks the server something else and brings the answer.
  while (deeds["kept an answer back until it had all of it"] === undefined) await (await ask(address)).body();
  await (await ask(address)).body();
  expect(begun).toBe(false);
  finish();
  expect(await (await asked).body()).toBe("the first part and the rest");
});

it.each(tunnelling)("%s carries what follows an upgrade", async (name) => {
  const { address } = await openBox(name, await listen(mirror()));
  const socket = await rawConnection(address);
  // Some of it with the request, and some later.
  socket.write(`${askForUpgrade("echo")}\0one`);
  expect(await readUntil(socket, "one")).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\nUpgrade: echo\r\n/);
  socket.write("two\0");
  expect(await readUntil(socket, "two\0")).toBe("two\0");
  socket.end();
  await once(socket.resume(), "end");
});

it.each([...tunnelling, "swallows-upgrade"] satisfies MiddleboxName[])(
  "%s brings back the refusal of an upgrade",
  async (name) => {
    const { address } = await openBox(name, await listen(mirror()));
    const socket = await rawConnection(address);
    socket.write(askForUpgrade("nonsense"));
    expect(await readUntil(socket, "\r\n\r\necho")).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/);
    await once(socket.resume(), "end");
  },
);

it("strips-upgrade makes an ordinary request of an upgrade", async () => {
  const upstream = echoServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
  const { address, deeds } = await openBox("strips-upgrade", await listen(upstream));
  const socket = await rawConnection(address);
  socket.write(askForUpgrade("echo"));
  const read = await readUntil(socket, "}");
  expect(read).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(JSON.parse(/\{.*\}/.exec(read)?.[0] ?? "")).toEqual({
    host: "here",
    connection: expect.not.stringMatching(/upgrade/i),
  });
  expect(deeds).toEqual({ "stripped an Upgrade": 1 });
});

it("swallows-upgrade lets the server believe in a connection of which the client never hears", async () => {
  const upstream = mirror();
  const upgraded = once(upstream, "upgrade");
  const { address, deeds } = await openBox("swallows-upgrade", await listen(upstream));
  const socket = await rawConnection(address);
  let heard = "";
  socket.on("data", (chunk) => {
    heard += chunk;
  });
  socket.write(askForUpgrade("echo"));
  const [, serverSide] = await upgraded;
  const lost = once(serverSide, "close");
  // What passes an answer on does so in less time than this takes.
  while (deeds["swallowed the answer to an Upgrade"] === undefined) await (await ask(address)).body();
  await (await ask(address)).body();
  expect(heard).toBe("");
  expect(socket.readyState).toBe("open");
  socket.destroy();
  await lost;
});

it.each(httpBoxes)("%s refuses what is no HTTP request", async (name) => {
  const { address, deeds } = await openBox(name, await listen(mirror()));
  const socket = await rawConnection(address);
  socket.write('{"after":0}\0');
  expect(await readUntil(socket, "\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(deeds).toEqual({ "refused bytes that are no HTTP request": 1 });
});

it.each(httpBoxes)("%s says so when there is no server", async (name) => {
  const gone = await listen(mirror());
  const { address } = await openBox(name, { ...gone, port: 1 });
  expect((await ask(address)).answer.statusCode).toBe(502);
});
