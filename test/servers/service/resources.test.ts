import { describe, expect, it } from "vitest";
import { withDefaults } from "../../../servers/options.ts";
import { errorAnswer } from "../../../servers/service/http-answer.ts";
import { recordingAddress } from "../../../servers/service/recording.ts";
import { answerResource, resourceAt, resourceOf } from "../../../servers/service/resources.ts";

const sid = `RE${"0".repeat(32)}`;

function headersOf(
  path: string,
  { peers = [], framingOrigins = [] }: { peers?: string[]; framingOrigins?: string[] } = {},
): Readonly<Record<string, string>> {
  const resource = resourceAt(path);
  if (resource === undefined) throw new Error(`expected a resource at ${path}, got none`);
  const request = { method: "GET", target: path, headers: {}, body: Buffer.alloc(0) };
  return answerResource(resource, request, Buffer.from("bytes"), withDefaults({ peers, framingOrigins }))
    .headers;
}

it.each([
  ["GET", {}, 206, "yt"],
  ["HEAD", {}, 200, "bytes"],
  ["GET", { "if-range": '"other"' }, 200, "bytes"],
])("a part of a recording is asked for by %s with %j: %i", (method, more, status, body) => {
  const resource = { kind: "recording", sid } as const;
  const request = { method, target: "/", headers: { range: "bytes=1-2", ...more }, body: Buffer.alloc(0) };
  const answer = answerResource(resource, request, Buffer.from("bytes"), withDefaults({}));
  expect([answer.status, answer.body.toString()]).toEqual([status, body]);
});

/** The directives of a page's policy, each with its sources. */
function policyOf(headers: Readonly<Record<string, string>>): Map<string, string[]> {
  const directives = (headers["Content-Security-Policy"] ?? "")
    .split(";")
    .map((text) => text.trim().split(/\s+/));
  return new Map(directives.map(([name = "", ...sources]) => [name, sources]));
}

describe("the headers of pages", () => {
  it("let nothing in from outside, and no code that is not a file of this server", () => {
    const policy = policyOf(headersOf("/"));
    expect(policy.get("default-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
    expect(policy.get("form-action")).toEqual(["'none'"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    for (const [name, sources] of policy)
      expect([name, ...sources].join(" ")).not.toMatch(/unsafe|\*|data:|https?:/);
    expect(policy.get("script-src")).toEqual(["'self'"]);
  });

  it("let pages of the origins that were named show it in a frame, and no others", () => {
    const framingOrigins = ["http://127.0.0.1:8090", "http://localhost:8090"];
    expect(policyOf(headersOf("/compare", { framingOrigins })).get("frame-ancestors")).toEqual(
      framingOrigins,
    );
  });

  it("let the page connect to the peers of its server, over sockets too, and to nothing else", () => {
    expect(policyOf(headersOf("/")).get("connect-src")).toEqual(["'self'"]);
    const policy = policyOf(headersOf("/", { peers: ["http://127.0.0.1:8081", "https://peer.example"] }));
    expect(policy.get("connect-src")).toEqual([
      "'self'",
      "http://127.0.0.1:8081",
      "ws://127.0.0.1:8081",
      "https://peer.example",
      "wss://peer.example",
    ]);
  });
});

describe("a recording", () => {
  const options = withDefaults({ twilioAuthToken: "token" });
  const address = recordingAddress(sid, "token");
  const ask = (target: string, method = "GET", given = options) =>
    resourceOf({ method, target, headers: {}, body: Buffer.alloc(0) }, given);

  it("is looked for where its event says, by whoever may read", () => {
    expect(ask(address)).toEqual({ kind: "recording", sid });
    expect(ask(address, "HEAD")).toEqual({ kind: "recording", sid });
    expect(ask(address, "DELETE")).toMatchObject({ status: 405 });
  });

  it.each([
    `/recordings/${sid}.wav`,
    `/recordings/${sid}.wav?key=`,
    `${address}A`,
    address.slice(0, -1),
    recordingAddress(sid, "another token"),
    address.replace("0.wav", "1.wav"),
  ])("is not at %s, and nothing is read or asked to know it", (target) => {
    expect(ask(target)).toMatchObject({ status: 404 });
  });

  it("is nowhere on a server without a token", () => {
    expect(ask(recordingAddress(sid, ""), "GET", withDefaults())).toMatchObject({ status: 404 });
  });
});

it.each(["/", `/recordings/${sid}.wav`])(
  "%s is taken for what it is called, and by its own pages alone",
  (path) => {
    expect(headersOf(path)).toMatchObject({
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
  },
);

it("an answer in JSON is taken for nothing else", () => {
  expect(errorAnswer(404, "expected x, got y").headers).toMatchObject({
    "X-Content-Type-Options": "nosniff",
  });
});

it.each([
  "/..",
  "/dashboard/../..",
  "/recordings/../package.json",
  `/recordings/../recordings/${sid}.wav`,
  `/recordings/${sid}.wav/`,
  `/recordings/${sid.toLowerCase()}.wav`,
  `/recordings/${sid}%2ewav`,
  `http://127.0.0.1/recordings/${sid}.wav`,
  "//",
  "/%2f",
  "/constructor",
])("there is no resource at %s", (path) => {
  expect(resourceAt(path)).toBeUndefined();
});
