import type { ServerOptions } from "../../contract.ts";
import type { HttpRequest } from "../http-answer.ts";
import { queryOf } from "../target.ts";
import { headerOf, mediaTypeOf, notConfigured, type Outcome, refuse, refuseBody } from "./dialect.ts";
import { formType, parseForm, refuseType } from "./form.ts";
import { isJsonObject, isJsonType, parseJson } from "./json.ts";
import { isSameText } from "./signature.ts";
import { bodyHashParameter, isTwilioSignature, type TwilioParameters, twilioBodyHash } from "./twilio.ts";

/** The parameters of a genuine request from Twilio, or the refusal of another. */
export function readTwilioRequest(
  request: HttpRequest,
  options: ServerOptions,
): { readonly parameters: URLSearchParams } | { readonly refusal: Outcome } {
  if (options.twilioAuthToken === "") return { refusal: notConfigured("TWILIO_AUTH_TOKEN") };
  const refusal = refuseBody(request);
  if (refusal) return { refusal };
  const signature = headerOf(request, "x-twilio-signature");
  if (signature === undefined) {
    return { refusal: refuse(400, "expected the header X-Twilio-Signature, got a request without") };
  }
  const query = queryOf(request.target);
  const bodyHash = query.get(bodyHashParameter);
  const mediaType = mediaTypeOf(request);
  const isPost = request.method === "POST";
  if (isPost && mediaType !== formType && !(bodyHash !== null && isJsonType(mediaType))) {
    return { refusal: refuseType(request, formType) };
  }
  if (isPost && mediaType === formType && bodyHash !== null) {
    // Believed, it would leave the form unsigned: Twilio says the hash of bodies that are no forms.
    return {
      refusal: refuse(400, `expected a form at an address without ${bodyHashParameter}, got one with`),
    };
  }
  const form = isPost && mediaType === formType ? parseForm(request.body) : undefined;
  const url = `${options.publicUrl || `http://${headerOf(request, "host")}`}${request.target}`;
  const signed = form === undefined ? {} : parametersOf(form);
  if (!isTwilioSignature(signature, options.twilioAuthToken, url, signed)) {
    const error = `expected X-Twilio-Signature to be that of this request to ${url}, got another; is that where Twilio sent it?`;
    return { refusal: refuse(403, error) };
  }
  if (isPost && bodyHash !== null && !isSameText(bodyHash, twilioBodyHash(request.body))) {
    return { refusal: refuse(403, `expected ${bodyHashParameter} to be that of this body, got another`) };
  }
  if (!isPost) return { parameters: query };
  if (form) return { parameters: form };
  const parsed = parseJson(request.body);
  if ("error" in parsed) return { refusal: refuse(400, parsed.error) };
  const parameters = new URLSearchParams();
  for (const [name, value] of isJsonObject(parsed.value) ? Object.entries(parsed.value) : []) {
    parameters.append(name, String(value));
  }
  return { parameters };
}

function parametersOf(form: URLSearchParams): TwilioParameters {
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
}
