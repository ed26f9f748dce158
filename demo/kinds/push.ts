/** The first kind: a platform tells an app what happened there. Slide 8. */
import { signFacebook } from "../../servers/service/webhooks/facebook.ts";
import { formType } from "../../servers/service/webhooks/form.ts";
import { type Answered, expectStatus, type Kind, memberOf, NotSeen, type Scene, ways } from "./scene.ts";

export const push: Kind = {
  name: "push",
  title: "Push",
  slides: "slide 8",
  about: "Facebook tells an app that a user removed it, and the app forgets the user.",
  steps: [
    ["App listens"],
    ["User removes", ways.webhook],
    ["Pushed", ways.push],
    ["Forgotten"],
    ["Forged", ways.refusal],
    ["Tampered", ways.refusal],
    ["Kept too long", ways.refusal],
    ["Sent again", ways.webhook],
    ["User removes", ways.webhook],
    ["Pushed", ways.push],
  ],
  play,
};

/** Well over the five minutes that a signed request is good for. */
const tooOldSeconds = 10 * 60;

async function play(scene: Scene): Promise<void> {
  const { facebookSecret } = scene;
  const transport = await scene.transport();
  const users = new Map([
    ["1001", "Ada"],
    ["1002", "Ben"],
    ["1003", "Cleo"],
  ]);
  const events = await scene.events();
  scene.step("App listens", `for events by ${transport}; its users: ${names(users)}`);

  const removal = signFacebook(facebookSecret, claimsOf("1002"));
  const removed = await tell(scene, removal);
  expectStatus(200, removed);
  scene.step("User removes", "Ben, at Facebook: POST /facebook/remove, signed; 200", removed.askedAt);
  await forget("1002", 1);
  scene.step("Forgotten", `the app's users: ${names(users)}`);

  const forged = await tell(scene, signFacebook("a secret that is not the app's", claimsOf("1001")));
  expectStatus(401, forged);
  scene.step("Forged", "Ada's removal, signed by another secret; 401");

  const [signature] = removal.split(".");
  const [, otherPayload] = signFacebook(facebookSecret, claimsOf("1001")).split(".");
  expectStatus(401, await tell(scene, `${signature}.${otherPayload}`));
  scene.step("Tampered", "Ben's removal, his id made Ada's; 401");

  expectStatus(401, await tell(scene, signFacebook(facebookSecret, claimsOf("1001", tooOldSeconds))));
  scene.step("Kept too long", "genuine, but signed ten minutes ago; 401");

  const again = await tell(scene, removal);
  expectStatus(200, again);
  if (memberOf(again.json, "id") !== memberOf(removed.json, "id"))
    throw new NotSeen(`expected the event of the first time, got ${JSON.stringify(again.json)}`);
  scene.step("Sent again", "Ben's removal, a second time; 200, and no new event");

  const next = await tell(scene, signFacebook(facebookSecret, claimsOf("1003")));
  expectStatus(200, next);
  scene.step("User removes", "Cleo too; 200", next.askedAt);
  await forget("1003", 2);

  /** The app's own part: the push comes, with this number, and it forgets the user. */
  async function forget(userId: string, id: number): Promise<void> {
    const { value: event, at } = await scene.within(events.next(), `the push of event ${id}`);
    if (event.id !== id || event.type !== "facebook.removed" || memberOf(event.data, "userId") !== userId)
      throw new NotSeen(`expected event ${id}, that ${userId} left, got ${JSON.stringify(event)}`);
    users.delete(userId);
    const after = id === 1 ? "" : "; those refused made none";
    scene.step("Pushed", `facebook.removed by ${transport}, event ${id}${after}`, at);
  }
}

function claimsOf(userId: string, ageSeconds = 0): Readonly<Record<string, unknown>> {
  const issuedAt = Math.floor(Date.now() / 1_000) - ageSeconds;
  return { user_id: userId, issued_at: issuedAt, user: { country: "us", locale: "en_US" } };
}

/** What Facebook sends, or somebody who says to be Facebook. */
async function tell(scene: Scene, signedRequest: string): Promise<Answered> {
  const url = `${scene.server.endpoints.http}/facebook/remove`;
  const body = new URLSearchParams({ signed_request: signedRequest });
  return await scene.post(url, { "Content-Type": formType }, body.toString());
}

function names(users: ReadonlyMap<string, string>): string {
  return [...users.values()].join(", ");
}
