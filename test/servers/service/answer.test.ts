import { describe, expect, it } from "vitest";
import { withDefaults } from "../../../servers/options.ts";
import { answerShared, type Service } from "../../../servers/service/answer.ts";
import type { NewEvent } from "../../../servers/service/switchboard.ts";

function serviceThat(waitsSeconds = 0): { service: Service; published: NewEvent[] } {
  const published: NewEvent[] = [];
  const publish = (event: NewEvent) => published.push(event);
  const about = { name: "test", ioModel: "event loop", transport: "ws", summary: "" } as const;
  const options = withDefaults({ peers: ["http://127.0.0.1:1"] });
  return {
    service: { about, options, epoch: "e1", publish, last: () => 7, admit: () => waitsSeconds },
    published,
  };
}

function answer(service: Service, method: string, target: string) {
  const headers = { "content-type": "application/json" };
  const given = answerShared(service, { method, target, headers, body: Buffer.from('{"a":1}') }, 0);
  return given && { status: given.status, headers: given.headers, body: JSON.parse(given.body.toString()) };
}

describe("answerShared", () => {
  it("says how the server is, whatever the query", () => {
    const { service } = serviceThat();
    const well = { status: 200, body: { status: "ok", server: "test" } };
    expect(answer(service, "GET", "/healthz?x=1")).toMatchObject(well);
    expect(answer(service, "HEAD", "/healthz")).toMatchObject(well);
    expect(answer(service, "POST", "/healthz")).toMatchObject({
      status: 405,
      headers: { Allow: "GET, HEAD" },
    });
  });

  it("says what server it is, how late it is and how far its events are", () => {
    expect(answer(serviceThat().service, "GET", "/server.json")).toMatchObject({
      status: 200,
      body: { name: "test", transport: "ws", epoch: "e1", last: 7, nowMs: 0, peers: ["http://127.0.0.1:1"] },
    });
  });

  it("publishes a webhook once, and says its number", () => {
    const { service, published } = serviceThat();
    expect(answer(service, "POST", "/hooks/a?token=x")).toMatchObject({ status: 202, body: { id: 1 } });
    expect(published).toEqual([{ type: "hook.a", data: { a: 1 } }]);
  });

  it("publishes nothing of a webhook that it refuses", () => {
    const { service, published } = serviceThat(0.2);
    expect(answer(service, "POST", "/hooks/a")).toMatchObject({
      status: 429,
      headers: { "Retry-After": "1" },
    });
    expect(answer(service, "GET", "/hooks/a")).toMatchObject({ status: 405, headers: { Allow: "POST" } });
    // What would publish nothing is not counted: nobody uses the limit up without a secret.
    expect(answer(service, "POST", "/twilio/voice")).toMatchObject({ status: 404 });
    expect(answer(service, "OPTIONS", "/cloudevents")).toMatchObject({ status: 404 });
    expect(published).toEqual([]);
  });

  it("leaves other paths to others", () => {
    expect(answer(serviceThat().service, "GET", "/events")).toBeUndefined();
    expect(answer(serviceThat().service, "POST", "/hooks/a/b")).toBeUndefined();
  });
});
