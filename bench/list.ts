import { loadServer, serverNames } from "../servers/index.ts";
import { claims } from "./claims/index.ts";
import { labs } from "./labs/index.ts";
import { networks } from "./network/networks.ts";
import { profiles } from "./profiles.ts";
import { scenarios } from "./scenarios/index.ts";

/** Shows what the options of `npm run bench` can name. */
export async function list(): Promise<void> {
  console.log("servers:");
  for (const name of serverNames) {
    const { ioModel, summary } = await loadServer(name);
    line(name, `${ioModel.padEnd(22)} ${summary}`);
  }
  console.log("\nscenarios:");
  for (const { name, question } of scenarios) line(name, question);
  console.log("\nlabs, which are scenarios that compare arms of their own:");
  for (const { name, question } of labs) line(name, question);
  console.log("\nclaims, judged by what scenarios and labs have measured:");
  for (const { name, title, scenarios } of claims) line(name, `${title} (${scenarios.join(", ")})`);
  console.log("\nprofiles:");
  for (const [name, { blocks, measureMs }] of Object.entries(profiles)) {
    line(name, `blocks: ${blocks}, measured for ${measureMs / 1_000} s each`);
  }
  console.log("\nnetworks:");
  for (const [name, { summary }] of Object.entries(networks)) line(name, summary);
}

function line(name: string, text: string): void {
  console.log(`  ${name.padEnd(18)} ${text}`);
}
