import { sign, verify } from "@octokit/webhooks-methods";
import { describe, expect, it } from "vitest";
import { signGithub } from "../../../../servers/service/webhooks/github.ts";
import { deliver, refusalOf, refusalsOf, secrets } from "./deliver.ts";

const { githubSecret } = secrets;
const body = '{"zen":"Keep it logically awesome."}';

function delivery(text = body, event = "ping", type = "application/json") {
  return {
    method: "POST",
    target: "/github",
    headers: {
      "content-type": type,
      "x-github-event": event,
      "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "x-hub-signature-256": signGithub(githubSecret, text),
    },
    body: text,
  };
}

describe("signGithub", () => {
  it("signs GitHub's example as it does", () => {
    expect(signGithub(githubSecret, "Hello, World!")).toBe(
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    );
  });

  it("is understood by GitHub's library, and understands it", async () => {
    for (const text of [body, "{}", '{"é":"🎷"}', "payload=%7B%7D"]) {
      expect(await verify(githubSecret, text, signGithub(githubSecret, text))).toBe(true);
      expect(await sign(githubSecret, text)).toBe(signGithub(githubSecret, text));
    }
  });
});

describe("POST /github", () => {
  it.each(["ping", "push", "pull_request", "workflow_run"])("makes an event of %s", (event) => {
    const outcome = deliver(delivery(body, event));
    const key = "github:72d3162e-cc78-11e3-81ab-4c9367dc0958";
    expect(outcome.events).toEqual([{ type: `github.${event}`, data: JSON.parse(body), key }]);
    expect(outcome.answer([7])).toMatchObject({ status: 202, body: Buffer.from('{"id":7}') });
  });

  it("takes a form, whose signature is of its bytes", () => {
    const form = new URLSearchParams({ payload: '{"a":"é&="}' }).toString();
    const outcome = deliver(delivery(form, "push", "application/x-www-form-urlencoded"));
    expect(outcome.events).toMatchObject([{ type: "github.push", data: { a: "é&=" } }]);
  });

  const signedAs = (text: string, type?: string) => refusalOf(deliver(delivery(text, "push", type)));
  const having = refusalsOf(delivery());
  const { headers } = delivery();

  it("refuses what is not signed by the secret", () => {
    expect(having({ headers: { ...headers, "x-hub-signature-256": undefined } })).toMatch(/^401 .* without$/);
    expect(having({ body: `${body} ` })).toMatch(/^401 expected X-Hub-Signature-256/);
    const upper = headers["x-hub-signature-256"].toUpperCase();
    expect(having({ headers: { ...headers, "x-hub-signature-256": upper } })).toMatch(/^401 /);
    // The signature of before 2020.
    expect(having({ headers: { ...headers, "x-hub-signature-256": "sha1=00" } })).toMatch(/^401 /);
  });

  it.each(["", "Push", "push.x", "push\n", "../x", "é", "x".repeat(65)])("refuses the event %j", (event) => {
    expect(having({ headers: { ...headers, "x-github-event": event } })).toMatch(
      /^400 expected X-GitHub-Event/,
    );
  });

  it.each(["", "a b", "x".repeat(65)])("refuses the delivery %j", (id) => {
    expect(having({ headers: { ...headers, "x-github-delivery": id } })).toMatch(
      /^400 expected X-GitHub-Delivery/,
    );
  });

  it("refuses what is no JSON, and other types", () => {
    expect(signedAs("{")).toMatch(/^400 expected a JSON body/);
    expect(signedAs("x=1", "application/x-www-form-urlencoded")).toMatch(/^400 .* the field payload/);
    expect(signedAs("{}", "text/plain")).toMatch(/^415 /);
  });

  it("takes nothing without a secret", () => {
    expect(refusalOf(deliver(delivery(), {}))).toMatch(/^404 .* GITHUB_WEBHOOK_SECRET/);
  });
});
