import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPublicAddress } from "../../dispatch/addresses.ts";
import { type Ask, guardedTransport } from "../../dispatch/attempt.ts";
import { systemClock } from "../../dispatch/clock.ts";
import { withDeadline } from "../../dispatch/deadline.ts";
import { ForbiddenTarget, Guard } from "../../dispatch/guard.ts";
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
