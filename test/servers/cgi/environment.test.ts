import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { cgiEnvironment, headersOf } from "../../../servers/cgi/environment.ts";

function environmentOf(headers: IncomingMessage["headers"], url = "/hooks/a?b=c&d") {
  const socket = { remoteAddress: "127.0.0.2", localAddress: "127.0.0.1", localPort: 8080 };
  return cgiEnvironment({ method: "POST", url, httpVersion: "1.1", headers, socket } as IncomingMessage, 3);
}

describe("cgiEnvironment", () => {
  it("holds the meta-variables of RFC 3875, section 4.1", () => {
    expect(environmentOf({ "content-type": "application/json", "webhook-id": "m1", cookie: "a=b" })).toEqual({
      GATEWAY_INTERFACE: "CGI/1.1",
      REQUEST_METHOD: "POST",
      SCRIPT_NAME: "",
      PATH_INFO: "/hooks/a",
      REQUEST_URI: "/hooks/a?b=c&d",
      QUERY_STRING: "b=c&d",
      REMOTE_ADDR: "127.0.0.2",
      SERVER_NAME: "127.0.0.1",
      SERVER_PORT: "8080",
      SERVER_PROTOCOL: "HTTP/1.1",
      SERVER_SOFTWARE: "evented-web-measured",
      CONTENT_LENGTH: "3",
      CONTENT_TYPE: "application/json",
      HTTP_WEBHOOK_ID: "m1",
      HTTP_COOKIE: "a=b",
    });
  });

  it("withholds what could take the program over, and what the server has dealt with", () => {
    const withheld = {
      proxy: "evil:1",
      connection: "close",
      "content-length": "3",
    };
    const variables = Object.keys(environmentOf(withheld)).filter((name) => name.startsWith("HTTP_"));
    expect(variables).toEqual([]);
  });

  it("decodes the path, and leaves alone what is no escape", () => {
    expect(environmentOf({}, "/hooks/a%20b?c=%20").PATH_INFO).toBe("/hooks/a b");
    expect(environmentOf({}, "/hooks/%E0").PATH_INFO).toBe("/hooks/%E0");
    expect(environmentOf({}, "/hooks/%00a").PATH_INFO).toBe("/hooks/%00a");
  });

  it("lets no header with an underscore pass for one with a hyphen", () => {
    expect(environmentOf({ "webhook-id": "true", webhook_id: "false" }).HTTP_WEBHOOK_ID).toBe("true");
  });

  it("gives the program the same headers that came", () => {
    const headers = { "content-type": "text/plain", "webhook-id": "m1", "content-encoding": "gzip" };
    expect(headersOf(environmentOf(headers))).toEqual(headers);
  });
});
