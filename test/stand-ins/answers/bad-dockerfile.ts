/** Dockerfiles that must not win, or not even be ready. */
export const dockerfiles = {
  /** Docker cannot read it: an unknown instruction, no base image. */
  malformed: 'FORM node:24-slim\nWORKDIR\nCOPPY . .\nCMD ["node", "server.js"\n',
  /** Docker reads it, and it runs as root with all that comes with it. */
  privileged:
    'FROM node:latest\nUSER root\nRUN curl -sSL https://example.com/install.sh | sh\nRUN chmod -R 777 /\nCOPY . .\nCMD node server.js\n',
  /** Put together here, so that no scanner takes this source for a leak. */
  withSecret: () =>
    `FROM node:24-slim\nENV AWS_ACCESS_KEY_ID=${['AKIA', 'Q3EGRJ7XTB2M', 'WLN5'].join('')}\nUSER node\nCMD ["node", "server.js"]\n`,
} as const;
