/** Has the server accept one webhook; gives the number of its event. */
export async function publish(http: string, topic: string): Promise<number> {
  const response = await fetch(`${http}/hooks/${topic}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  if (response.status !== 202) throw new Error(`expected status 202 for a webhook, got ${response.status}`);
  const answer: unknown = await response.json();
  if (typeof answer === "object" && answer !== null && "id" in answer) return Number(answer.id);
  throw new Error(`expected the number of the event, got ${JSON.stringify(answer)}`);
}
