/**
 * TLS with a key that both ends have beforehand (RFC 4279), so that no certificate has to be made or kept. Who is who is
 * agreed upon differently than on the web; what a proxy in between sees of the bytes sent is the same: nothing.
 */
import { createSecureContext, type SecureContextOptions, type TlsOptions } from "node:tls";

/** TLS 1.3 as Node.js has it takes no such keys. */
const options: SecureContextOptions = {
  ciphers: "PSK-AES128-GCM-SHA256",
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.2",
};

const psk = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");

export const serverTls: TlsOptions = { ...options, pskCallback: () => psk };

export const clientTls = {
  secureContext: createSecureContext(options),
  pskCallback: () => ({ psk, identity: "page" }),
  checkServerIdentity: () => undefined,
};
