/**
 * Sockets whose reads and writes block the thread, which Node.js has none of: those of labs that measure what blocking
 * costs. They are used by descriptor, with `readSync` and `writeSync`.
 */
import { createRequire } from "node:module";
import type { Socket } from "node:net";

// Source: the C headers of each system, sys/socket.h and fcntl.h.
const AF_INET = 2;
const SOCK_STREAM = 1;
const F_GETFL = 3;
const F_SETFL = 4;
const constantsOf = {
  linux: { O_NONBLOCK: 0x800, F_DUPFD_CLOEXEC: 1030 },
  darwin: { O_NONBLOCK: 0x4, F_DUPFD_CLOEXEC: 67 },
} as const;

type System = keyof typeof constantsOf;

const isKnown = (platform: NodeJS.Platform): platform is System => platform in constantsOf;

/** Why this machine has no blocking sockets for us; undefined where it has them. */
export function noBlockingSockets(): string | undefined {
  if (isKnown(process.platform)) return undefined;
  return `sockets that block are made here on Linux and macOS only, this is ${process.platform}`;
}

/** Loaded when needed: a machine that koffi has no build for runs all the rest. */
export function openLibc() {
  const { platform } = process;
  if (!isKnown(platform)) throw new Error(`expected Linux or macOS for sockets that block, got ${platform}`);
  const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  const { O_NONBLOCK, F_DUPFD_CLOEXEC } = constantsOf[platform];
  const library = koffi.load(null);
  const socket = library.func("int socket(int domain, int type, int protocol)");
  const connect = library.func("int connect(int fd, const void *address, uint32_t length)");
  const fcntl = library.func("int fcntl(int fd, int command, ...)");
  const checked = (call: string, result: number): number => {
    if (result >= 0) return result;
    const number = koffi.errno();
    const name = Object.entries(koffi.os.errno).find(([, value]) => value === number)?.[0];
    throw new Error(`expected ${call} to work, got ${name ?? `error ${number}`}`);
  };
  return {
    /** A blocking connection to a port of 127.0.0.1, as a descriptor; waits until it is made. */
    connectTo(port: number): number {
      const fd = checked("socket", socket(AF_INET, SOCK_STREAM, 0));
      const address = loopbackAddress(port, platform);
      checked(`connect to port ${port}`, connect(fd, address, address.length));
      return fd;
    },
    /**
     * Takes a connection that was just accepted away from the event loop: gives a blocking descriptor of it that
     * nobody else has. A connection lives as long as one of its descriptors.
     */
    take(accepted: Socket): number {
      try {
        const own = checked("fcntl(F_DUPFD_CLOEXEC)", fcntl(fdOf(accepted), F_DUPFD_CLOEXEC, "int", 0));
        const flags = checked("fcntl(F_GETFL)", fcntl(own, F_GETFL, "int", 0));
        checked("fcntl(F_SETFL)", fcntl(own, F_SETFL, "int", flags & ~O_NONBLOCK));
        return own;
      } finally {
        accepted.destroy();
      }
    },
  };
}

/** Node has no public way to a socket's descriptor; on POSIX systems its handle has had `fd` since 0.x. */
function fdOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, "_handle");
  const fd: unknown = typeof handle === "object" && handle !== null ? Reflect.get(handle, "fd") : undefined;
  if (typeof fd === "number" && fd >= 0) return fd;
  throw new Error(`expected an open socket with a descriptor, got ${String(fd)}`);
}

/** `struct sockaddr_in` of 127.0.0.1. macOS has its length in front of a family of one byte. */
function loopbackAddress(port: number, system: System): Buffer {
  const address = Buffer.alloc(16);
  if (system === "darwin") address.set([address.length, AF_INET]);
  else address.writeUInt16LE(AF_INET, 0);
  address.writeUInt16BE(port, 2);
  address.set([127, 0, 0, 1], 4);
  return address;
}
