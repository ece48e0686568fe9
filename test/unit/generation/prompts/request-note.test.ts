import { describe, expect, it } from 'vitest';
import { readNoteDetails, requestNote } from '#main/generation/prompts/request-note.ts';
import type { Service } from '#shared/scan.ts';

const answer = { tag: '0123456789ab', allowed: ['Dockerfile', '.dockerignore'] };

function service(change: Partial<Service> = {}): Service {
  return {
    name: 'shop',
    path: '.',
    context: '.',
    language: 'javascript',
    runtimeVersion: '22',
    framework: 'express',
    packageManager: 'npm',
    kind: 'web',
    install: 'npm ci',
    build: null,
    start: 'TOKEN=hunter2-in-start node server.js',
    ports: [3000],
    backingServices: ['redis', 'postgres'],
    env: [{ name: 'SECRET_NAME', required: true, file: 'a.js', line: 1 }],
    evidence: [{ fact: 'language', value: 'evidence-text', file: 'secret-file.js', line: 1 }],
    lockfile: 'package-lock.json',
    output: null,
    healthPath: '/healthz',
    systemPackages: [],
    unknowns: [],
    ...change,
  };
}

function noteOf(...services: readonly Service[]) {
  const [own] = services;
  const one = services.length === 1 && own ? own : null;
  const kind = one ? ('dockerfile' as const) : ('compose' as const);
  const job = { artifact: { kind, service: one }, drafts: [], paths: ['Dockerfile'], mayAlso: [] };
  const project = { root: '/p', services: [...services], existing: [], ignored: [] };
  return requestNote(project, [job], answer);
}

describe('what is noted of a request', () => {
  it('is its kind and the facts of its service in words, with what reads its answer', () => {
    const note = noteOf(service());
    expect(note.topic).toBe('files 1: dockerfile');
    expect(note.text).toBe(
      'dockerfile for a web service in javascript 22, with express, built by npm, on port 3000, using postgres, redis.',
    );
    expect(readNoteDetails(note.details)).toEqual({
      ...answer,
      facts: [
        { fact: 'kind', value: 'web' },
        { fact: 'language', value: 'javascript' },
        { fact: 'framework', value: 'express' },
        { fact: 'version', value: '22' },
        { fact: 'package manager', value: 'npm' },
        { fact: 'port', value: '3000' },
        { fact: 'backing services', value: 'postgres, redis' },
        { fact: 'health path', value: '/healthz' },
      ],
    });
  });

  it('has one fact a service where there are several, and runs alone', () => {
    const library = service({ name: 'lib', kind: 'library' });
    const note = noteOf(service(), service({ name: 'api', ports: [8080] }), library);
    const facts = readNoteDetails(note.details)?.facts ?? [];
    expect(facts.map(({ fact }) => fact)).toEqual(['shop', 'api']);
    expect(facts[1]?.value).toContain('port 8080');
  });

  // Catches a note that takes over whatever a project writes where a version or a name should be.
  it('holds nothing of commands, variables, evidence, or values that are no plain word', () => {
    const hostile = 'x; password=hunter2 and the rest of a source file';
    const odd = service({
      name: hostile,
      runtimeVersion: hostile,
      framework: hostile,
      packageManager: hostile,
      healthPath: `/${hostile}`,
      systemPackages: [hostile],
      release: hostile,
    });
    const all = JSON.stringify([noteOf(odd), noteOf(odd, odd)]);
    for (const not of [
      'hunter2',
      'SECRET_NAME',
      'evidence-text',
      'secret-file',
      'server.js',
      'source',
    ]) {
      expect(all).not.toContain(not);
    }
  });

  it('is read only as it can have been written', () => {
    expect(readNoteDetails('{')).toBeNull();
    expect(readNoteDetails('{"tag":"x","allowed":[],"facts":[]}')).toBeNull();
  });
});
