import { tempFolder } from './temp-folder.ts';
import { writeFiles } from './write-files.ts';

const manifest = (dependencies: Readonly<Record<string, string>>): string =>
  `${JSON.stringify({ name: 'orders', scripts: { start: 'node server.js' }, dependencies, engines: { node: '22' } }, null, 2)}\n`;

/** A service with files that its author wrote when it had one port and no dependency. */
export function ordersProject(): string {
  const root = tempFolder();
  writeFiles(root, {
    'package.json': manifest({ express: '^4' }),
    'package-lock.json': '{"lockfileVersion":3}',
    'server.js': "require('express')().listen(3000);\n",
    Dockerfile:
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nEXPOSE 3000\nCMD ["npm", "run", "start"]\n',
    'compose.yaml':
      'services:\n  orders:\n    build: .\n    image: orders:dev\n    ports:\n      - "3000:3000"\n',
    'k8s/orders.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: orders:dev
          ports:
            - containerPort: 3000
`,
  });
  return root;
}

/** Gives it a second port (server.js:5) and a dependency on Redis (package.json:8, server.js:2). */
export function growOrders(root: string): void {
  writeFiles(root, {
    'package.json': manifest({ express: '^4', redis: '^4' }),
    'server.js': `const { createClient } = require('redis');
createClient({ url: process.env.REDIS_URL });
require('express')().listen(3000);
const admin = require('express')();
admin.listen(9090);
`,
  });
}
