import type { HttpRequest } from "../http-answer.ts";
import { mediaTypeOf, type Outcome, refuse } from "./dialect.ts";

export const formType = "application/x-www-form-urlencoded";

/** The fields of a form that came as `formType`. */
export function parseForm(body: Uint8Array): URLSearchParams {
  return new URLSearchParams(Buffer.from(body).toString());
}

/** The refusal of a body that is of none of the types a dialect takes. */
export function refuseType(request: HttpRequest, ...expected: readonly string[]): Outcome {
  return refuse(
    415,
    `expected Content-Type: ${expected.join(" or ")}, got ${mediaTypeOf(request) || "none"}`,
  );
}
