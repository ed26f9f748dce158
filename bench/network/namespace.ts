import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Whether this process has a network of its own; if not, why. */
export type NamespaceEntry =
  | { readonly entered: true }
  | { readonly entered: false; readonly reason: string };

// Source: the kernel's uapi headers sched.h, socket.h, sockios.h and if.h; the same on every architecture of Node.
const CLONE_NEWNET = 0x40000000;
const AF_INET = 2;
const SOCK_DGRAM = 2;
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const IFF_UP = 1;

/** `struct ifreq`: the interface's name in 16 bytes, then a union that begins with its flags. */
const ifreqBytes = 40;
const flagsOffset = 16;

/** What a new namespace has its own values of, and what decides how many connections it takes, how soon. */
const settings = [
  "core/somaxconn",
  "ipv4/ip_local_port_range",
  "ipv4/tcp_congestion_control",
  "ipv4/tcp_max_syn_backlog",
  "ipv4/tcp_rmem",
  "ipv4/tcp_slow_start_after_idle",
  "ipv4/tcp_timestamps",
  "ipv4/tcp_tw_reuse",
  "ipv4/tcp_wmem",
];

/**
 * Moves the main thread into a fresh network namespace that holds nothing but a loopback interface, so that the
 * interface's counters, the ports and the sockets are those of this process and of all it starts from now on.
 * The namespace ends with the last of them. The machine's settings of TCP go with it.
 *
 * A namespace belongs to a thread. Sockets are made, and processes started, on the main thread; threads that
 * Node's pool runs already stay outside. So read `/proc/self/net`, which is the main thread's whoever reads it,
 * and `/proc/sys/net` synchronously. Source: network_namespaces(7), unshare(2), netdevice(7).
 */
export function enterNetworkNamespace(): NamespaceEntry {
  if (process.platform !== "linux")
    return { entered: false, reason: `network namespaces are Linux's, this is ${process.platform}` };
  if (process.getuid?.() !== 0)
    return { entered: false, reason: "a network namespace of its own takes root, and this process is not" };
  const outside = openSync("/proc/self/ns/net", "r");
  try {
    const libc = new Libc();
    const machine = settings.map((name) => [name, readSetting(name)] as const);
    libc.unshare();
    try {
      libc.bringUp("lo");
      for (const [name, value] of machine) carryOver(name, value);
    } catch (error) {
      libc.enter(outside);
      throw error;
    }
    return { entered: true };
  } catch (error) {
    return { entered: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    closeSync(outside);
  }
}

function readSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/net/${name}`, "utf8");
  } catch {
    return undefined; // Not every kernel has every setting.
  }
}

function carryOver(name: string, value: string | undefined): void {
  const own = readSetting(name);
  if (value !== undefined && own !== undefined && own !== value)
    writeFileSync(`/proc/sys/net/${name}`, value);
}

/** The few calls it takes, in the C library that Node itself is linked with. */
class Libc {
  // Loaded when needed: a machine that koffi has no build for measures all the rest.
  readonly #koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  readonly #library = this.#koffi.load(null);
  readonly #ioctl = this.#library.func("int ioctl(int fd, unsigned long request, ...)");

  unshare(): void {
    this.#checked("unshare(CLONE_NEWNET)", this.#library.func("int unshare(int flags)")(CLONE_NEWNET));
  }

  /** Moves the calling thread into the namespace that `fd` stands for. */
  enter(fd: number): void {
    this.#checked("setns(CLONE_NEWNET)", this.#library.func("int setns(int fd, int type)")(fd, CLONE_NEWNET));
  }

  bringUp(name: string): void {
    const socket = this.#library.func("int socket(int domain, int type, int protocol)");
    const fd = this.#checked("socket(AF_INET, SOCK_DGRAM)", socket(AF_INET, SOCK_DGRAM, 0));
    try {
      const request = Buffer.alloc(ifreqBytes);
      request.write(name);
      this.#checked(`ioctl(SIOCGIFFLAGS) of ${name}`, this.#ioctl(fd, SIOCGIFFLAGS, "void *", request));
      request.writeUInt16LE(request.readUInt16LE(flagsOffset) | IFF_UP, flagsOffset);
      this.#checked(`ioctl(SIOCSIFFLAGS) of ${name}`, this.#ioctl(fd, SIOCSIFFLAGS, "void *", request));
    } finally {
      closeSync(fd);
    }
  }

  #checked(call: string, result: number): number {
    if (result >= 0) return result;
    const number = this.#koffi.errno();
    const name = Object.entries(this.#koffi.os.errno).find(([, value]) => value === number)?.[0];
    throw new Error(`expected ${call} to work, got ${name ?? `error ${number}`}`);
  }
}
