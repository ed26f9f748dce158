import { createSocket } from "node:dgram";
import { once, setMaxListeners } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPublicAddress } from "../../dispatch/addresses.ts";
import { type Ask, guardedTransport } from "../../dispatch/attempt.ts";
import { systemClock } from "../../dispatch/clock.ts";
import { withDeadline } from "../../dispatch/deadline.ts";
import { ForbiddenTarget, Guard } from "../../dispatch/guard.ts";
import { resolveBy, systemResolve } from "../../dispatch/names.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

it.each([
  "93.184.216.34",
  "172.15.255.255",
  "172.32.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "2606:2800:220:1::1",
  "64:ff9b::93.184.216.34",
  "2002:5db8:d822::1",
])("takes %s for public", (address) => expect(isPublicAddress(address)).toBe(true));

it.each([
  ..."0.0.0.0 0.255.0.1 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254".split(
    " ",
  ),
  ..."172.16.0.1 172.31.255.255 192.0.0.1 192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255".split(
    " ",
  ),
  ...":: ::1 ::10.0.0.1 ::93.184.216.34 ::ffff:127.0.0.1 ::ffff:93.184.216.34 ::ffff:0:7f00:1".split(" "),
  ..."fc00::1 fdff::1 fe80::1 fe80::1%lo fec0::1 ff02::1 100::1 2001::1 2001:db8::1 3fff::1".split(" "),
  ..."64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::127.0.0.1 64:ff9b:1::5db8:d822".split(" "),
  ..."2002:7f00:1:: 2002:a00:1::1 2002:c0a8:101::1 2002:a9fe:a9fe:: example.com".split(" "),
])("takes %s for private", (address) => expect(isPublicAddress(address)).toBe(false));

const noNames = new Guard({ resolve: async () => [], allowLoopback: false });
const loopbackToo = new Guard({ resolve: async () => [], allowLoopback: true });

it.each([
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f.0.0.1/",
  "https://0177.0.0.1/",
  "https://127.0.0.1./",
  "https://%31%32%37.0.0.1/",
  "https://①②⑦.0.0.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://169.254.169.254/",
  "http://93.184.216.34/",
  "https://93.184.216.34:8443/",
  "https://93.184.216.34:22/",
  "https://user:password@example.com/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "/hook",
])("refuses the target %s", (text) => expect(() => noNames.parse(text)).toThrow(ForbiddenTarget));

it.each([
  "https://example.com/hook?a=b",
  "https://example.com:443/",
  "https://example.com:80/",
  "https://93.184.216.34/",
])("takes the target %s", (text) => expect(noNames.parse(text).href).toBe(new URL(text).href));

it("allows loopback, when told to, and nothing else by http or on other ports", () => {
  expect(loopbackToo.parse("http://127.0.0.1:8080/").port).toBe("8080");
  expect(loopbackToo.parse("http://[::1]:8080/").port).toBe("8080");
  expect(() => loopbackToo.parse("http://93.184.216.34/")).toThrow(ForbiddenTarget);
  expect(() => loopbackToo.parse("http://10.0.0.1:8080/")).toThrow(ForbiddenTarget);
  expect(() => loopbackToo.parse("https://[::ffff:127.0.0.1]/")).toThrow(ForbiddenTarget);
});

it("refuses the server whose events are delivered, by whichever of its names", async () => {
  const resolve = async () => [{ address: "127.0.0.2", family: 4 }];
  const guard = new Guard({ resolve, allowLoopback: true, source: "http://localhost:8080" });
  const other = /^expected a target other than the server whose events are delivered/;
  expect(() => guard.parse("http://localhost:8080/hooks/a")).toThrow(other);
  expect(() => guard.parse("http://127.0.0.1:8080/hooks/a")).toThrow(other);
  await expect(guard.addresses(guard.parse("http://other.example:8080/"), never)).rejects.toThrow(other);
  expect(guard.parse("http://127.0.0.1:8081/").port).toBe("8081");
});

describe("names", () => {
  it("are looked up beside any number of others that nobody answers for, until these are given up", async () => {
    const resolve = resolveBy([await nameServer()]);
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    const silent = Array.from({ length: 12 }, (_, number) => resolve(`slow${number}.test`, abort.signal));
    expect(await resolve("Target.test.", never)).toEqual([{ address: "93.184.216.34", family: 4 }]);
    abort.abort(new Error("the time is over"));
    const given = await Promise.allSettled(silent);
    expect(new Set(given.map((one) => one.status === "rejected" && one.reason.message))).toEqual(
      new Set(["the time is over"]),
    );
  });

  it("are this host's own where it has them, and those are allowed by the flag alone", async () => {
    expect(await systemResolve("localhost", never)).toEqual([
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ]);
    const url = new URL("https://a.localhost./");
    const addresses = (allowLoopback: boolean) =>
      new Guard({ resolve: systemResolve, allowLoopback }).addresses(url, never);
    await expect(addresses(false)).rejects.toThrow("to have public addresses only, got 127.0.0.1");
    expect(await addresses(true)).toHaveLength(2);
  });
});

describe("against a server on loopback", () => {
  it("connects to the address that was checked, and follows no redirect", async () => {
    const { asked, port } = await serve((_request, response) =>
      response.writeHead(302, { Location: "/elsewhere" }).end("secret"),
    );
    const { ask } = asking([["127.0.0.1"]], port);
    expect(await ask()).toMatchObject({ status: 302, body: Buffer.alloc(0) });
    expect(asked).toEqual([`target.example:${port} /hook`]);
  });

  it("connects to none of a name's addresses when one is forbidden", async () => {
    const { server, port } = await serve();
    let connections = 0;
    server.on("connection", () => connections++);
    const { ask } = asking([["127.0.0.1", "10.0.0.1"], ["::ffff:127.0.0.1"], []], port);
    await expect(ask()).rejects.toThrow(/^expected target.example to have loopback.* only, got 10.0.0.1$/);
    await expect(ask()).rejects.toThrow("got ::ffff:127.0.0.1");
    await expect(ask()).rejects.toThrow("expected target.example to have an address, got none");
    const strict = guardedTransport(noNames);
    await expect(strict(request(`http://127.0.0.1:${port}/`), never)).rejects.toThrow(ForbiddenTarget);
    expect(connections).toBe(0);
  });

  it("looks a name up for each connection, so that one which rebinds is refused", async () => {
    const { asked, port } = await serve((_request, response) => response.end());
    const { ask, lookUps } = asking([["127.0.0.1"], ["169.254.169.254"], ["127.0.0.1"]], port);
    expect(await ask()).toMatchObject({ status: 200 });
    await expect(ask()).rejects.toThrow("got 169.254.169.254");
    expect(await ask()).toMatchObject({ status: 200 });
    expect(lookUps()).toBe(3);
    expect(asked).toHaveLength(2);
  });

  it("takes no more of a body than it wants, and hangs up", async () => {
    let hungUp: Promise<unknown> | undefined;
    const { port } = await serve((_request, response) => {
      hungUp = once(response, "close");
      const drip = () => {
        if (response.write("x".repeat(1_000))) setImmediate(drip);
        else response.once("drain", drip);
      };
      drip();
    });
    const { ask } = asking([["127.0.0.1"]], port);
    expect(await ask({ maxBodyBytes: 10 })).toMatchObject({ status: 200, body: Buffer.from("xxxxxxxxxx") });
    await hungUp;
  });

  it("takes the offer of another protocol for no answer, and hangs up", async () => {
    const server = createTcpServer((socket) => {
      socket.once("data", () =>
        socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const connected = once(server, "connection");
    const { ask } = asking([["127.0.0.1"]], portOf(server));
    await expect(ask()).rejects.toThrow("expected an answer, got 101 Switching Protocols");
    const [socket] = await connected;
    if (!socket.closed) await once(socket, "close");
  });

  it("gives an answer that drips in its time in all, and no more", async () => {
    const server = createTcpServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const clock = new VirtualClock();
    const { transport, url } = asking([["127.0.0.1"]], portOf(server));
    const answered = withDeadline(clock, 15_000, (signal) => transport(request(url), signal));
    const refused = expect(answered).rejects.toThrow("expected an answer within 15 s, got none");
    const [socket] = await once(server, "connection");
    socket.on("error", () => {});
    await once(socket, "data");
    socket.write("HTTP/1.1 200 OK\r\nX-Slow: ");
    await clock.pass(14_999);
    socket.write("and still ");
    const hungUp = once(socket, "close");
    await clock.pass(1);
    await refused;
    await hungUp;
  });
});

it("ends by the signal while the name is being looked up", async () => {
  const guard = new Guard({ resolve: () => new Promise(() => {}), allowLoopback: false });
  const abort = new AbortController();
  const answered = withDeadline(
    systemClock,
    60_000,
    (signal) => guardedTransport(guard)(request("https://target.example/"), signal),
    abort.signal,
  );
  abort.abort(new Error("stop"));
  await expect(answered).rejects.toThrow("stop");
});

const never = new AbortController().signal;

function request(url: string): Ask {
  return { method: "POST", url, headers: {}, body: "{}", maxBodyBytes: 0 };
}

async function serve(listener: RequestListener = (_request, response) => response.end()): Promise<{
  server: Server;
  port: number;
  asked: string[];
}> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    listener(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: portOf(server), asked };
}

/** A server of names on loopback: `target.test` has one address, and of those that begin with `slow` it says nothing. */
async function nameServer(): Promise<string> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  socket.on("message", (question, { port, address }) => {
    if (question.includes("slow")) return;
    // The name, its length before each label, from byte 12 on; 0, the type and the class end the question.
    const end = question.indexOf(0, 12) + 5;
    const isV4 = question.readUInt16BE(end - 4) === 1;
    const head = Buffer.from(question.subarray(0, end));
    head.writeUInt16BE(0x8180, 2); // an answer, without error
    head.writeUInt16BE(isV4 ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const record = Buffer.from("c00c 0001 0001 00000001 0004 5db8d822".replaceAll(" ", ""), "hex");
    socket.send(isV4 ? Buffer.concat([head, record]) : head, port, address);
  });
  return `127.0.0.1:${socket.address().port}`;
}

/** A transport by which `target.example` has these addresses, one list for each look-up. */
function asking(answers: readonly (readonly string[])[], port: number) {
  let lookUps = 0;
  const guard = new Guard({
    resolve: async () =>
      (answers[lookUps++] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    allowLoopback: true,
  });
  const transport = guardedTransport(guard);
  const url = `http://target.example:${port}/hook`;
  const ask = (changes: Partial<Ask> = {}) => transport({ ...request(url), ...changes }, never);
  return { ask, transport, url, lookUps: () => lookUps };
}
