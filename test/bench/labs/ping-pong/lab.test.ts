import { describe, expect, it } from "vitest";
import lab from "../../../../bench/labs/ping-pong/lab.ts";
import { lines } from "../../../../bench/labs/ping-pong/lines.ts";
import { Mailbox } from "../../../../bench/labs/ping-pong/mailbox.ts";
import { noErrors } from "../../fixtures/one-cell.ts";
import { smokeTrial } from "../smoke-trial.ts";

describe("a mailbox", () => {
  it("hands each answer to one listener, whichever of the two comes first", () => {
    const mailbox = new Mailbox();
    const heard: string[] = [];
    const listen = () => mailbox.next((answer) => heard.push(answer));
    mailbox.put("early");
    listen();
    listen();
    mailbox.put("late");
    expect(heard).toEqual(["early", "late"]);
  });

  it("keeps what comes when its listener has left", () => {
    const mailbox = new Mailbox();
    const heard: string[] = [];
    mailbox.next(() => heard.push("to nobody"));
    mailbox.forget();
    mailbox.put("kept");
    mailbox.next((answer) => heard.push(answer));
    expect(heard).toEqual(["kept"]);
  });
});

// Of 21 characters: two bytes around them from the server, six from the client, whose frames are masked (RFC 6455,
// section 5.2); in raw TCP one that ends them.
const wsBytes = 21 + 2 + (21 + 6);
const tcpBytes = 2 * (21 + 1);

describe("the ping-pong lab", () => {
  // Where a loaded machine lets the answer overtake the request that it is to come on, that round takes a request more.
  it("counts what each form takes", { retry: 2 }, async () => {
    const point = { rounds: 1 };
    const forms = Object.keys(lines);
    const trials = await Promise.all(forms.map((form) => smokeTrial(lab, { arm: form, point })));
    const counted = trials.map(({ figures: { connections, requestsPerRound } }, index) => ({
      form: forms[index],
      connections,
      requestsPerRound,
    }));
    expect(counted).toEqual([
      { form: "comet", connections: 2, requestsPerRound: 2 },
      { form: "comet-one", connections: 1, requestsPerRound: 3 },
      { form: "streaming", connections: 2, requestsPerRound: 1 },
      { form: "ws", connections: 1, requestsPerRound: 0 },
      { form: "tcp", connections: 1, requestsPerRound: 0 },
    ]);
    const [comet, one, streaming, ws, tcp] = trials.map(({ figures }) => figures);
    expect([ws?.bytesPerRound, tcp?.bytesPerRound]).toEqual([wsBytes, tcpBytes]);
    expect(comet?.bytesPerRound).toBeGreaterThan(streaming?.bytesPerRound ?? Number.NaN);
    expect(streaming?.bytesPerRound).toBeGreaterThan(wsBytes);
    for (const { figures, errors } of trials) {
      expect(figures.roundTripsPerRound).toBeGreaterThanOrEqual(1);
      // Connecting takes one, and the first words another.
      expect(figures.roundTripsToFirst).toBeGreaterThanOrEqual(2);
      expect(errors).toEqual(noErrors);
    }
    expect(one?.holds).toBeGreaterThanOrEqual(1);
  });
});
