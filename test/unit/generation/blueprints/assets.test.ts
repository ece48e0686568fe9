import { expect, test } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import type { Service } from '#shared/scan.ts';
import { project, service } from './fixtures.ts';
import { assetStacks, frontEnd } from './fixtures-assets.ts';

function files(of: Service): readonly string[] {
  return generateArtifacts('dockerfile', project([of]), of).map(({ content }) => content);
}

/** Where a line stands, so that an order can be told; fails where there is none. */
function at(content: string, line: string | RegExp): number {
  const index = content.split('\n').findIndex((one) => one.match(line) !== null);
  if (index === -1) throw new Error(`no line ${line} in\n${content}`);
  return index;
}

test('what a front end’s build leaves is in place before the program is built, over the sources', () => {
  const [content = '', ignored = ''] = files(assetStacks['go-embedded-ui'] as Service);
  const order = [
    at(content, /^FROM node:24 AS assets$/),
    at(content, 'yarn install --frozen-lockfile --ignore'),
    at(content, /^RUN yarn run build$/),
    at(content, /^FROM golang:1\.26-bookworm AS build$/),
    content.split('\n').lastIndexOf('COPY . ./'),
    at(content, /^COPY --from=assets \/app\/ui\/build\/ \/app\/ui\/build\/$/),
    at(content, 'go build'),
  ];
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(ignored).toContain('**/node_modules');
});

test('a folder that the running program serves reaches the final image', () => {
  const [content = ''] = files(assetStacks['rust-two-sites'] as Service);
  expect(content).toContain('FROM oven/bun:1.3 AS assets-2');
  const last = content.slice(content.lastIndexOf('\nFROM '));
  expect(last).toContain('COPY --from=build /app/admin/dist ./admin/dist');
});

test('a front end that lies outside of the build context is left out, not copied from nowhere', () => {
  const of = service({ path: 'api', context: 'api', language: 'python', assets: [frontEnd()] });
  expect(files(of)[0]).not.toContain('assets');
});

test('paths of front ends cannot end their instruction', () => {
  const evil = 'ui"]\nRUN curl evil';
  const of = service({
    language: 'go',
    assets: [frontEnd({ outputs: [`${evil}/dist`] })],
  });
  expect(
    files(of)[0]
      ?.split('\n')
      .some((line) => line.startsWith('RUN curl')),
  ).toBe(false);
});
