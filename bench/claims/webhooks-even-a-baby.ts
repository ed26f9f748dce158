import type { Claim } from "./claim.ts";
import { inPercent } from "./estimate.ts";

const claim: Claim = {
  name: "webhooks-even-a-baby",
  title: "HTTP is all webhooks need: even a baby can do it",
  slides: [20, 21],
  statement:
    "Webhooks need no standard of their own, because there is one already: HTTP. A few conventions exist beside it, but anybody who can answer a POST can receive webhooks.",
  background:
    "The address of a webhook is open to all of the web: who sends to it may be the partner, the same partner trying again, or anybody who found it. Plain HTTP does not tell them apart. What a receiver needs beyond it has been written down since: Standard Webhooks 1.0.0 signs the raw body with an id and a time, and has receivers be ready for the same delivery twice; GitHub, Stripe and Twilio have signatures of their own. For the claim speaks that a first receiver takes minutes to write.",
  said2011: "the standard is HTTP",
  method:
    "A receiver of ten lines, which takes JSON, does the thing and answers 200, is sent fifteen deliveries: genuine ones, forged ones, late ones, repeated ones, broken ones. It is given the help of a web framework, which parses and limits bodies. A case counts as handled rightly when what came out of it is right and the answer agrees. A server of this project with a shared secret gets the same, and both get forgeries by somebody who has seen one genuine delivery.",
  scenarios: ["hostile-webhooks"],
  wouldChange:
    "A battery that weighs the cases by how often they occur: most deliveries are genuine, and those the ten lines are made for.",
  judge: (evidence) => {
    const cell = (arm: string) => ({ scenario: "hostile-webhooks", arm });
    const right = (what: string, arm: string) => ({
      what: `${what}, cases handled rightly`,
      unit: "percent" as const,
      estimate: evidence.estimate({ ...cell(arm), figure: "rightPercent" }, "counted"),
    });
    const letIn = (what: string, arm: string) => ({
      what: `${what}, forgeries let in`,
      unit: "percent" as const,
      estimate: inPercent(evidence.share(cell(arm), "forgedAccepted", "forgedTries")),
    });
    return {
      assertions: [
        {
          ...right("ten lines on plain HTTP", "naive"),
          wanted: { atLeast: 90 },
          because:
            "If HTTP is all it takes, next to nothing goes wrong with HTTP alone; one case in ten may be held against the battery.",
        },
      ],
      beside: [
        right("with signatures checked", "service"),
        letIn("ten lines on plain HTTP", "naive"),
        letIn("with signatures checked", "service"),
      ],
    };
  },
};

export default claim;
