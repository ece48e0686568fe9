// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how the formats write variables.
import { describe, expect, it } from 'vitest';
import { cpuMs } from '#test/support/cpu-time.ts';
import { brief, judge } from './expect-findings.ts';

/** Files that `docker build` refuses, or that hold a secret: the error must be there, on its line. */
const broken: readonly (readonly [what: string, content: string, error: string])[] = [
  ['an empty file', '', 'dockerfile/no-from@1'],
  ['no FROM', 'RUN true\n', 'dockerfile/no-from@1'],
  ['an unknown instruction', 'FROM a:1\nRUNN true\n', 'dockerfile/unknown-instruction@2'],
  ['a port over 65535', 'FROM a:1\nEXPOSE 80 99999\n', 'dockerfile/invalid-port@2'],
  ['port 0', 'FROM a:1\nEXPOSE 0\n', 'dockerfile/invalid-port@2'],
  ['a backwards port range', 'FROM a:1\nEXPOSE 90-80\n', 'dockerfile/invalid-port@2'],
  ['a port that is a word', 'FROM a:1\nEXPOSE http\n', 'dockerfile/invalid-port@2'],
  [
    'a misspelt stage',
    'FROM a:1 AS build\nFROM b:1\nCOPY --from=biuld /a /b\n',
    'dockerfile/unknown-stage@3',
  ],
  [
    'a stage that is not there',
    'FROM a:1\nCOPY --from=builder /a /b\n',
    'dockerfile/unknown-stage@2',
  ],
  [
    'a stage further down',
    'FROM a:1\nCOPY --from=late /a /b\nFROM b:1 AS late\n',
    'dockerfile/unknown-stage@2',
  ],
  [
    'a stage number too high',
    'FROM a:1\nFROM b:1\nCOPY --from=3 /a /b\n',
    'dockerfile/unknown-stage@3',
  ],
  [
    'a mount from no stage',
    'FROM a:1\nRUN --mount=type=bind,from=deps,target=/x true\n',
    'dockerfile/unknown-stage@2',
  ],
  ['an open here-document', 'FROM a:1\nRUN <<EOF\necho hi\n', 'dockerfile/open-heredoc@2'],
  ['COPY of a URL', 'FROM a:1\nCOPY https://example.org/x /x\n', 'dockerfile/copy-url@2'],
  ['COPY without a target', 'FROM a:1\nCOPY x\n', 'dockerfile/syntax@2'],
  ['an unknown flag', 'FROM a:1\nCOPY --form=x a /b\n', 'dockerfile/syntax@2'],
  ['a network that RUN has not', 'FROM a:1\nRUN --network=hots true\n', 'dockerfile/run-mode@2'],
  [
    'a mount of no known type',
    'FROM a:1\nRUN --mount=type=cahce,target=/x true\n',
    'dockerfile/mount@2',
  ],
  [
    'a key that its mount has not',
    'FROM a:1\nRUN --mount=type=bind,target=/x,sharing=locked true\n',
    'dockerfile/mount@2',
  ],
  ['a brace that is never closed', 'FROM a:1\nWORKDIR ${HOME\n', 'dockerfile/syntax@2'],
  ['a signal that is none', 'FROM a:1\nSTOPSIGNAL SIGTREM\n', 'dockerfile/syntax@2'],
  ['a volume without a name', 'FROM a:1\nVOLUME [""]\n', 'dockerfile/syntax@2'],
  ['a bad image name', 'FROM a:b:c\n', 'dockerfile/invalid-image@1'],
  ['FROM with a stray word', 'FROM a:1 build\n', 'dockerfile/syntax@1'],
  [
    'a real key in ENV',
    'FROM a:1\nENV AWS_ID=AKIAIOSFODNN7EXAMPLE\n',
    'dockerfile/secret-in-variable@2',
  ],
  [
    'a line after a continuation',
    'FROM a:1\nRUN a \\\n  && b\n\nEXPOSE 70000\n',
    'dockerfile/invalid-port@5',
  ],
];

/** Files that build but should be better. */
const weak: readonly (readonly [what: string, content: string, warning: string])[] = [
  ['no tag', 'FROM node\n', 'dockerfile/unpinned-base@1'],
  ['latest through an ARG', 'ARG TAG=latest\nFROM node:${TAG}\n', 'dockerfile/unpinned-base@2'],
  ['no USER', 'FROM node:24\n', 'dockerfile/no-root-user@1'],
  ['USER root at the end', 'FROM node:24\nUSER node\nUSER 0:0\n', 'dockerfile/no-root-user@3'],
  ['a password in ENV', 'FROM a:1\nENV DB_PASSWORD=hunter2\n', 'dockerfile/secret-in-variable@2'],
  ['a token in ARG', 'FROM a:1\nARG NPM_TOKEN=abcdef1234\n', 'dockerfile/secret-in-variable@2'],
  ['the old ENV form', 'FROM a:1\nENV API_KEY abcdef1234\n', 'dockerfile/secret-in-variable@2'],
  [
    'curl into a shell',
    'FROM a:1\nRUN curl -fsSL https://x.io/i.sh | sudo -E bash -\n',
    'dockerfile/pipe-to-shell@2',
  ],
  [
    'curl into a shell in a here-document',
    'FROM a:1\nRUN <<EOF\nwget -qO- https://x.io | sh\nEOF\n',
    'dockerfile/pipe-to-shell@2',
  ],
  ['ADD of a URL', 'FROM a:1\nADD https://x.io/a.tgz /a/\n', 'dockerfile/add-url@2'],
  [
    'apt-get without cleaning',
    'FROM a:1\nRUN apt-get update && apt-get install -y x\n',
    'dockerfile/apt-get-clean@2',
  ],
  [
    'apt-get without -y',
    'FROM a:1\nRUN apt-get install x && rm -rf /var/lib/apt/lists/*\n',
    'dockerfile/apt-get-yes@2',
  ],
  ['shell-form CMD', 'FROM a:1\nCMD node server.js\n', 'dockerfile/shell-form-command@2'],
  ['sudo', 'FROM a:1\nRUN sudo true\n', 'dockerfile/sudo@2'],
  ['COPY to nowhere', 'FROM a:1\nCOPY . .\n', 'dockerfile/no-workdir@2'],
  ['a privileged RUN', 'FROM a:1\nRUN --security=insecure true\n', 'dockerfile/insecure-run@2'],
  ['chmod 777', 'FROM a:1\nRUN chmod -R 777 /app\n', 'dockerfile/world-writable@2'],
  ['a key file', 'FROM a:1\nCOPY id_rsa /root/.ssh/\n', 'dockerfile/secret-file@2'],
  ['several sources into a file', 'FROM a:1\nCOPY a b /c\n', 'dockerfile/copy-target@2'],
  ['MAINTAINER', 'FROM a:1\nMAINTAINER me\n', 'dockerfile/deprecated-maintainer@2'],
  ['two stages of one name', 'FROM a:1 AS x\nFROM b:1 AS x\n', 'dockerfile/duplicate-stage@2'],
  ['COPY from above the context', 'FROM a:1\nCOPY ../x /x\n', 'dockerfile/outside-context@2'],
  [
    'a default of an ARG that makes no image',
    'ARG SHA=pass-one\nFROM alpine@sha256:${SHA}\n',
    'dockerfile/invalid-default-arg@2',
  ],
  ['two CMDs', 'FROM a:1\nCMD ["a"]\nCMD ["b"]\n', 'dockerfile/repeated-instruction@2'],
];

/** Modern files that build; none may get an error. */
const good: readonly (readonly [what: string, content: string])[] = [
  [
    'BuildKit mounts and flags',
    '# syntax=docker/dockerfile:1\nFROM node:24-alpine AS deps\nWORKDIR /app\nRUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=package.json,target=package.json npm ci\nFROM node:24-alpine\nWORKDIR /app\nCOPY --link --chown=node:node --chmod=755 --parents --exclude=*.md src lib ./\nCOPY --from=deps /app/node_modules ./node_modules\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d --unpack=true https://x.io/a.tgz /a/\nUSER node\nHEALTHCHECK --interval=30s --start-interval=2s CMD ["node", "health.js"]\nCMD ["node", "server.js"]\n',
  ],
  [
    'here-documents',
    'FROM debian:12 AS a\nRUN <<-"EOF" bash\n\tset -e\n\tFROM=1\n\tnope nope\n\tEOF\nCOPY <<one <<two /x/\nEXPOSE 99999\none\nsecond\ntwo\nRUN python3 - <<PY && echo <<B\nprint(1)\nPY\nb\nB\n',
  ],
  [
    'ARG in FROM and stage names by ARG',
    'ARG VERSION=3.13\nARG BASE=python:${VERSION}-slim\nFROM --platform=$BUILDPLATFORM ${BASE} AS build-amd64\nFROM build-amd64 AS build-arm64\nARG TARGETARCH\nFROM build-${TARGETARCH} AS final\nCOPY --from=build-amd64 /a /a\nCOPY --from=0 /a /b\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\n',
  ],
  [
    'comments within a continuation',
    'FROM a:1\nRUN apt-get update && \\\n    # tools\n    apt-get install -y --no-install-recommends \\\n      curl \\\n\n    && rm -rf /var/lib/apt/lists/*\nUSER app\n',
  ],
  [
    'a Windows file with another escape',
    '# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:\\app\nRUN dir `\n  C:\\\nCOPY a b C:\\app\\\n',
  ],
  [
    'lower case, CRLF and a byte order mark',
    '\uFEFFfrom alpine:3.22 as x\r\nrun apk add --no-cache \\\r\n  curl\r\nuser nobody\r\n',
  ],
  [
    'ranges, protocols and variables in EXPOSE',
    'FROM a:1\nARG PORT=80\nEXPOSE 8000-8010 53/udp ${PORT} $PORT/tcp\n',
  ],
  [
    'ONBUILD, SHELL and STOPSIGNAL',
    'FROM a:1\nARG A=${B:-${C}}\nLABEL x="it\'s ${A}" y=\'${\'\nRUN --mount=type=tmpfs,target=/t,size=10m --mount=type=secret,id=k,env=K,required --mount=target=. true\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nONBUILD COPY . /app\nSTOPSIGNAL SIGINT\nVOLUME /data\nLABEL a=b "c d"="e f"\n',
  ],
  [
    'COPY of several sources into the working folder',
    'FROM a:1\nWORKDIR /app\nCOPY package.json package-lock.json .\nCOPY ["a b.txt", "/c/"]\n',
  ],
];

describe('validateFile of a Dockerfile', () => {
  it.each(broken)('refuses %s', async (_, content, error) => {
    expect(brief(await judge('dockerfile', content), 'error')).toContain(error);
  });
  it.each(weak)('warns of %s', async (_, content, warning) => {
    const found = await judge('dockerfile', content);
    expect(brief(found, 'warning')).toContain(warning);
    expect(brief(found, 'error')).toEqual([]);
  });
  it.each(good)('accepts %s', async (_, content) => {
    const errors = (await judge('dockerfile', content)).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors).toEqual([]);
  });

  it('has nothing to say of a careful file', async () => {
    const content =
      '# syntax=docker/dockerfile:1\nFROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /bin/app .\nFROM gcr.io/distroless/static:nonroot\nCOPY --from=build /bin/app /app\nEXPOSE 8080\nHEALTHCHECK CMD ["/app", "-health"]\nENTRYPOINT ["/app"]\n';
    expect(await judge('dockerfile', content)).toEqual([]);
  });

  it('says one thing once, though two parsers and a rule see it', async () => {
    const found = await judge('dockerfile', 'FROM a:1\nEXPOSE 99999 http\nRUN sudo true\n');
    const keys = found.map(({ rule, line }) => `${rule}@${line}`);
    expect(keys.filter((key) => key === 'dockerfile/sudo@3')).toHaveLength(1);
  });

  it('looks for USER in the stage that the last one is built on', async () => {
    const found = await judge('dockerfile', 'FROM a:1 AS base\nUSER app\nFROM base\nCMD ["x"]\n');
    expect(brief(found, 'warning')).not.toContain('dockerfile/no-root-user@3');
  });

  it('lets apt-get keep its lists in a cache mount', async () => {
    const found = await judge(
      'dockerfile',
      'FROM a:1\nRUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y x\n',
    );
    expect(found.map(({ rule }) => rule)).not.toContain('dockerfile/apt-get-clean');
  });

  it('tells that a parser failed, and goes on with the other rules', async () => {
    const found = await judge('dockerfile', ' - $\u000e');
    expect(brief(found, 'info')).toContain('dockerfile/linter-failed@1');
    expect(brief(found, 'error')).toContain('dockerfile/no-from@1');
  });

  it('sees what a plain parser would take seconds for', async () => {
    const started = cpuMs();
    await judge('dockerfile', `FROM a:1\nRUN ${'$'.repeat(150_000)}\n`);
    expect(cpuMs() - started).toBeLessThan(5_000);
    expect(
      brief(await judge('dockerfile', `FROM a:1\n${'RUN x\n'.repeat(3_000)}`), 'error'),
    ).toEqual(['dockerfile/too-large@1']);
  });
});
