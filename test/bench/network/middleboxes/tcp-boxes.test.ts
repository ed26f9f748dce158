import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { middleboxNames } from "../../../../bench/network/middleboxes/index.ts";
import { listen, openBox, rawConnection, readUntil } from "./box-under-test.ts";

/** Takes all that a client has to say, then says how much that was. */
const counting = () =>
  createServer({ allowHalfOpen: true }, async (socket) => {
    let bytes = 0;
    for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
      bytes += chunk.length;
    socket.end(`${bytes} bytes`);
  });

const echoing = () =>
  createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });

it.each(middleboxNames.filter((name) => name !== "http-only"))(
  "%s carries any bytes on another port, and the end of one direction before the other's",
  async (name) => {
    const { address } = await openBox(name, await listen(counting()), { port: "other" });
    const socket = await rawConnection(address);
    socket.end(Buffer.alloc(3_000_000));
    expect(await readUntil(socket, "bytes")).toBe("3000000 bytes");
  },
);

it("http-only lets nobody through to another port", async () => {
  const { address, deeds } = await openBox("http-only", await listen(echoing()), { port: "other" });
  // It is reset once it stands, or while the client still learns that it does.
  const [error] = await rawConnection(address).then(
    (socket) => once(socket, "error"),
    (error: unknown) => [error],
  );
  expect(error).toMatchObject({ code: "ECONNRESET" });
  expect(deeds).toEqual({ "refused a connection to another port than HTTP's": 1 });
});

it("kills-idle closes a connection at both ends once nothing has moved for a while", async () => {
  const upstream = echoing();
  const accepted = once(upstream, "connection");
  const { address, deeds } = await openBox("kills-idle", await listen(upstream), { idleMs: 60 });
  const socket = await rawConnection(address);
  socket.write("hello");
  await readUntil(socket, "hello");
  const [serverSide] = await accepted;
  await Promise.all([once(socket.resume(), "end"), once(serverSide, "close")]);
  expect(deeds).toEqual({ "closed an idle connection": 1 });
});

it("kills-idle leaves a connection alone on which something moves, in whichever direction", async () => {
  const [idleMs, beats] = [1_000, 30];
  const beating = createServer((socket) => {
    const beat = setInterval(() => socket.write("."), idleMs / 20);
    socket.on("close", () => clearInterval(beat));
    socket.on("error", () => {});
  });
  const { address, deeds } = await openBox("kills-idle", await listen(beating), { idleMs });
  // They take longer than the connection would have lasted without them.
  await readUntil(await rawConnection(address), ".", beats);
  expect(deeds).toEqual({});
});
