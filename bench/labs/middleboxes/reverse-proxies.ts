/** Reverse proxies that people run, and what they are told: pure. */
import type { Address } from "../../network/middleboxes/middlebox.ts";

/** One of the proxy's ports, and the server behind it. */
export interface Behind {
  readonly port: number;
  readonly upstream: Address;
}

export interface ReverseProxy {
  readonly name: string;
  readonly summary: string;
  /** Also the name of its package. */
  readonly program: "nginx" | "haproxy";
  /** The whole configuration; the proxy writes nothing outside of `folder`. */
  configuration(behind: readonly Behind[], folder: string): string;
  /** What the program is called with so that it stays in the foreground. */
  parameters(file: string, folder: string): readonly string[];
}

/** Source: nginx.org, "WebSocket proxying". */
const forWebSocket = `
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;`;

export const reverseProxies: readonly ReverseProxy[] = [
  nginx(
    "nginx",
    "with nothing set but where the servers are; honours X-Accel-Buffering of the streaming server",
    "",
  ),
  nginx("nginx-websocket", "with the settings that its manual gives for WebSocket", forWebSocket),
  {
    name: "haproxy",
    summary:
      "HAProxy in mode http, which passes Upgrade; without http-no-delay it may hold the end of a part for 200 ms",
    program: "haproxy",
    configuration: (behind) => `defaults
  mode http
  timeout connect 5s
  timeout client 50s
  timeout server 50s
${behind.map(haproxyListen).join("")}`,
    parameters: (file) => ["-q", "-db", "-f", file],
  },
];

function nginx(name: string, what: string, settings: string): ReverseProxy {
  return {
    name,
    summary: `nginx ${what}`,
    program: "nginx",
    configuration: (behind, folder) => `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr;
events {}
http {
  access_log off;
${temporaryFolders(folder)}
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
${behind.map((one) => nginxServer(one, settings)).join("")}}
`,
    parameters: (file, folder) => ["-e", "stderr", "-p", folder, "-c", file],
  };
}

function temporaryFolders(folder: string): string {
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return kinds.map((kind) => `  ${kind}_temp_path ${folder}/${kind};`).join("\n");
}

function nginxServer({ port, upstream }: Behind, settings: string): string {
  return `  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://${upstream.host}:${upstream.port};${settings}
    }
  }
`;
}

function haproxyListen({ port, upstream }: Behind): string {
  return `listen on_${port}
  bind 127.0.0.1:${port}
  server one ${upstream.host}:${upstream.port}
`;
}
