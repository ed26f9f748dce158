export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const headEnd = "\r\n\r\n";

/**
 * The one answer that `received` holds, as latin1; undefined while it is not all there. Of HTTP no more than what a
 * server of a lab answers: a status and a body of a length that is told. Throws of anything else.
 */
export function wholeAnswer(received: string): HttpAnswer | undefined {
  const bodyStart = received.indexOf(headEnd) + headEnd.length;
  if (bodyStart < headEnd.length) return undefined;
  const head = received.slice(0, bodyStart);
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
  const length = /^content-length: (\d+)\r$/im.exec(head)?.[1];
  if (status === undefined || length === undefined)
    throw new Error(`expected an answer with a status and a length, got ${JSON.stringify(head)}`);
  const end = bodyStart + Number(length);
  if (received.length < end) return undefined;
  if (received.length > end)
    throw new Error(`expected one answer at a time, got more: ${JSON.stringify(received.slice(end))}`);
  return { status: Number(status), body: received.slice(bodyStart) };
}
