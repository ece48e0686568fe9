import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DockerfileFacts } from '#main/generation/improve/dockerfile/facts.ts';
import { improveDockerfile } from '#main/generation/improve/dockerfile/improve-dockerfile.ts';
import { runsAs } from '#main/generation/improve/dockerfile/runs-as.ts';
import { judge } from '../validation/expect-findings.ts';

const facts: DockerfileFacts = {
  language: 'typescript',
  version: '22',
  port: 3000,
  writes: false,
  health: {
    node: 'HEALTHCHECK CMD ["node"]',
    python: 'HEALTHCHECK CMD ["python"]',
    wget: 'HEALTHCHECK CMD ["wget"]',
    curl: 'HEALTHCHECK CMD ["curl"]',
  },
};
const improve = (text: string, more: Partial<DockerfileFacts> = {}) =>
  improveDockerfile(text, { ...facts, ...more });

const node =
  '# ours\nFROM node:latest AS app # no\nWORKDIR /app\nADD package.json ./\nCOPY . .\nRUN npm ci\n\n# Start it\nCMD node server.js\n';

describe('an author’s Dockerfile', () => {
  it('gets a version, COPY, exec form, a user and a health check, and keeps its comments', () => {
    const text = node.replace(' # no', '');
    expect(improve(text).content).toBe(
      '# ours\nFROM node:22 AS app\nWORKDIR /app\nCOPY package.json ./\nCOPY . .\nRUN npm ci\n\n# node, by number, so that Kubernetes can check runAsNonRoot.\nUSER 1000:1000\nHEALTHCHECK CMD ["node"]\n\n# Start it\nCMD ["node", "server.js"]\n',
    );
  });

  it('keeps CRLF in all that is new', () => {
    expect(improve(node.replaceAll('\n', '\r\n')).content).not.toMatch(/(?<!\r)\n/);
  });

  it.each([
    [
      'a version that the project does not name',
      { version: null, health: null },
      'FROM node:latest\nUSER 1\nCMD ["a"]\n',
      'no version',
    ],
    [
      'root where files are written',
      { writes: true, health: null },
      'FROM node:22\nCMD ["a"]\n',
      'writes files',
    ],
    [
      'root with a port below 1024',
      { port: 80, health: null },
      'FROM node:22\nCMD ["a"]\n',
      'below 1024',
    ],
    [
      'root that the author asked for',
      {},
      'FROM node:22\nUSER root\nHEALTHCHECK NONE\nCMD ["a"]\n',
      'says so',
    ],
    [
      'root of an image that nobody knows',
      {},
      'FROM acme/base:1\nHEALTHCHECK NONE\nCMD ["a"]\n',
      'nothing is known',
    ],
    [
      'root before a script',
      { health: null },
      'FROM node:22\nENTRYPOINT ["/entrypoint.sh"]\n',
      'need root',
    ],
    [
      'a command that needs a shell',
      {},
      'FROM node:22\nUSER 1\nHEALTHCHECK NONE\nCMD a && b\n',
      'needs that shell',
    ],
    [
      'recommended packages that may be needed',
      {},
      'FROM node:22\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nUSER 1\nHEALTHCHECK NONE\nCMD ["a"]\n',
      'certificates',
    ],
    [
      'lists that a later RUN counts on',
      {},
      'FROM node:22\nRUN apt-get update && apt-get install -y --no-install-recommends tini\nRUN apt-get install -y --no-install-recommends jq\nUSER 1\nHEALTHCHECK NONE\nCMD ["a"]\n',
      'counts on',
    ],
  ] as const)('is left with %s, and says why', (_what, more, text, why) => {
    const { content, left } = improve(text, more);
    expect(content).toBe(text);
    expect(left.map((one) => one.text).join('\n')).toContain(why);
  });

  it('installs without recommended packages and lists where that changes nothing else', () => {
    const text =
      'FROM python:3.12-slim\nRUN apt-get update \\\n && apt-get install -y libpq-dev build-essential\nUSER 1\nCMD ["a"]\n';
    expect(improve(text, { health: null }).content).toContain(
      'RUN apt-get update \\\n && apt-get install -y --no-install-recommends libpq-dev build-essential \\\n && rm -rf /var/lib/apt/lists/*\nUSER',
    );
  });

  it('exposes the port of the source, unless the image sets another', () => {
    expect(
      improve('FROM node:22\nEXPOSE 8080\nUSER 1\nHEALTHCHECK NONE\nCMD ["a"]\n').content,
    ).toContain('EXPOSE 3000');
    const set = 'FROM node:22\nENV PORT=8080\nEXPOSE 8080\nUSER 1\nHEALTHCHECK NONE\nCMD ["a"]\n';
    expect(improve(set).content).toBe(set);
  });

  it('is not touched where it is for Windows, is none, or has no stage', () => {
    for (const text of ['# escape=`\nFROM node\n', '', 'hello', 'FROM node\nRUN <<EOF\nx']) {
      expect(improve(text).content).toBe(text);
    }
  });

  it('never has more findings than before, and none is left to do the second time', async () => {
    const line = fc.constantFrom(
      'FROM node',
      'FROM node:latest AS a',
      'FROM a',
      'FROM python:3-alpine',
      'FROM debian:12-slim AS b',
      'ARG X=1',
      'RUN npm ci',
      'RUN apt-get update && apt-get install -y libpq-dev',
      'RUN apt-get update; apt-get install -y git',
      'ADD . /app',
      'ADD x.tar.gz /x',
      'COPY --from=a /a /b',
      'WORKDIR /app',
      'EXPOSE 80',
      'EXPOSE 8080',
      'ENV A=b',
      'USER root',
      'USER app',
      '# said',
      '',
      'CMD node a.js',
      'CMD ["node", "a.js"]',
      'ENTRYPOINT ["/run.sh"]',
      'ENTRYPOINT java -jar a.jar',
      'VOLUME /data',
      'RUN a \\\n  # why\n  && b',
      'HEALTHCHECK NONE',
    );
    const texts = fc.sample(
      fc.array(line, { maxLength: 9 }).map((lines) => ['FROM node:22', ...lines, ''].join('\n')),
      { numRuns: 120, seed: 6 },
    );
    for (const text of texts) {
      const { content } = improve(text);
      expect(improve(content).content, text).toBe(content);
      const rules = async (one: string) =>
        (await judge('dockerfile', one)).map(({ rule, severity }) => `${severity} ${rule}`);
      const [before, after] = [await rules(text), await rules(content)];
      expect(
        after.filter((one) => !before.includes(one)),
        `${text}\n---\n${content}`,
      ).toEqual([]);
      expect(after.length, text).toBeLessThanOrEqual(before.length);
      // Every comment is where it was, between the same instructions.
      expect(content.match(/# (?:said|why)/g)).toEqual(text.match(/# (?:said|why)/g));
    }
  });
});

describe('whom an image runs as', () => {
  it.each([
    ['FROM node:22\nUSER node\n', 1000, true],
    ['FROM debian\nRUN useradd --system --uid 321 hc\nUSER hc\n', 321, true],
    ['FROM debian\nRUN useradd hc\nUSER hc\n', null, true],
    ['FROM debian\nUSER 0\n', 0, false],
    ['FROM debian\n', null, false],
    ['FROM gcr.io/distroless/static:nonroot\n', 65532, true],
  ])('is read from %s', (text, uid, isOrdinary) => {
    expect(runsAs(text)).toMatchObject({ uid, isOrdinary });
  });
});
