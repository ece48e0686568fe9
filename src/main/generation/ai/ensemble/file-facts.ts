import type { ArtifactKind } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { readInstructions } from '../../validation/dockerfile/read-instructions.ts';

/** A fact that a Dockerfile states and the scan may know. */
export type FileFact = 'port' | 'start' | 'image';

/** Base images of a language, by the last part of their name. */
const images: readonly (readonly [image: RegExp, family: string])[] = [
  [/^(?:node|bun|oven)/, 'javascript'],
  [/^deno/, 'javascript'],
  [/^(?:python|pypy|uv)/, 'python'],
  [/^golang/, 'go'],
  [/^rust/, 'rust'],
  [/^(?:eclipse-temurin|openjdk|amazoncorretto|maven|gradle|java|sbt|clojure)/, 'java'],
  [/^ruby/, 'ruby'],
  [/^(?:php|composer)/, 'php'],
  [/^(?:dotnet|sdk|aspnet|runtime)/, 'dotnet'],
  [/^(?:elixir|erlang)/, 'elixir'],
  [/^swift/, 'swift'],
  [/^dart/, 'dart'],
];
const families: Readonly<Record<string, string>> = {
  typescript: 'javascript',
  kotlin: 'java',
  scala: 'java',
  clojure: 'java',
  csharp: 'dotnet',
  fsharp: 'dotnet',
};

/** What the scan says. */
export function factsOfService({ ports, start, language }: Service): ReadonlyMap<FileFact, string> {
  const facts = new Map<FileFact, string>([['image', families[language] ?? language]]);
  if (ports[0] !== undefined) facts.set('port', String(ports[0]));
  if (start !== null) facts.set('start', start.trim());
  return facts;
}

/** What a file says; nothing of kinds that span several services. */
export function factsOfFile(kind: ArtifactKind, content: string): ReadonlyMap<FileFact, string> {
  const facts = new Map<FileFact, string>();
  if (kind === 'kubernetes') {
    const port = /^\s*-?\s*containerPort:\s*(\d{1,5})\s*$/m.exec(content)?.[1];
    if (port !== undefined) facts.set('port', port);
  }
  if (kind !== 'dockerfile') return facts;
  for (const { keyword, args } of readInstructions(content)) {
    if (keyword === 'EXPOSE') facts.set('port', args.split(/[\s/]/)[0] ?? '');
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') facts.set('start', words(args));
    if (keyword === 'FROM' && !facts.has('image')) {
      const name =
        (args.split(/\s/)[0] ?? '')
          .split('/')
          .at(-1)
          ?.replace(/[:@].*$/, '') ?? '';
      const family = images.find(([pattern]) => pattern.test(name))?.[1];
      if (family !== undefined) facts.set('image', family);
    }
  }
  return facts;
}

function words(args: string): string {
  try {
    const parsed: unknown = JSON.parse(args);
    if (Array.isArray(parsed)) return parsed.map(String).join(' ');
  } catch {
    // In shell form it is a text as it stands.
  }
  return args.trim();
}
