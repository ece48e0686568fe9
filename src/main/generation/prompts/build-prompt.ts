import { basename } from 'node:path';
import type { RequestNote } from '#main/cache/response-cache.ts';
import type { Finding } from '#shared/artifact.ts';
import type { PromptPreview } from '#shared/calls.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { blockTag, closeLine, openLine, type WrittenFile } from '../answers/block-format.ts';
import type { TaughtEdit } from '../memory/lessons-as-text.ts';
import { factsText } from './facts.ts';
import { findingsText } from './findings-text.ts';
import { oneLine } from './one-line.ts';
import type { PromptJob } from './prompt-job.ts';
import { PromptParts, tagPlace } from './prompt-parts.ts';
import { knownSecrets, withoutSecrets } from './redact/known-secrets.ts';
import { requestNote, servicesOf } from './request-note.ts';
import { rankSources } from './sources/rank.ts';
import {
  type Listing,
  listSources,
  readShort,
  readSource,
  sourcesOf,
} from './sources/read-source.ts';
import { selectSources } from './sources/select.ts';
import { systemText } from './system-text.ts';
import { charactersPerToken } from './tokens.ts';

/** What the user taught about one file. */
export type TaughtFile = { readonly edits: readonly TaughtEdit[]; readonly rejected: boolean };

/** What a prompt is made of; the same input and the same files on disk make the same bytes. */
export type PromptInput = {
  readonly project: ScanResult;
  readonly jobs: readonly PromptJob[];
  /** Most tokens of facts, drafts, lessons and source. */
  readonly contextTokens: number;
  /** By the path of the file. */
  readonly taught: ReadonlyMap<string, TaughtFile>;
  /** The attempt that is to be mended, and what is wrong with it. */
  readonly repair: {
    readonly attempt: readonly WrittenFile[];
    readonly findings: readonly { readonly path: string; readonly findings: readonly Finding[] }[];
  } | null;
};

/** What is sent, and what is known of it. */
export type BuiltPrompt = Pick<PromptPreview, 'system' | 'prompt' | 'files' | 'redactions'> & {
  /** See `blockTag`. */
  readonly tag: string;
  /** The only paths that the answer may have, the main one first. */
  readonly allowed: readonly string[];
  /** What it is about; null where it mends an attempt: its answer stands for no other request's. */
  readonly note: RequestNote | null;
};

/** Of the budget: what facts may take, and what lessons may. */
const factsShare = 0.4;
const taughtShare = 0.15;

/** Writes the prompt for some artifacts of one project. Reads its files; rejects with `CANCELLED`. */
export async function buildPrompt(input: PromptInput, signal: AbortSignal): Promise<BuiltPrompt> {
  const { project, jobs, repair } = input;
  const budget = input.contextTokens * charactersPerToken;
  const parts = new PromptParts(budget, signal);
  const services = servicesOf(project, jobs);
  const facts = factsText(project, services, Math.floor(budget * factsShare));
  await parts.add('facts', 'facts', {}, facts);
  for (const { path, content } of repair?.attempt ?? []) {
    await parts.add('attempt', path, { path }, content);
  }
  const asked = [...new Set(jobs.flatMap(({ paths }) => paths))];
  for (const path of asked) {
    const there = await readSource(project.root, path, signal);
    if (there) parts.addClean('disk', path, { path }, there);
  }
  for (const { path, content } of jobs.flatMap(({ drafts }) => drafts)) {
    await parts.add('draft', path, { path }, content);
  }
  await addTaught(parts, input.taught, Math.floor(budget * taughtShare));
  const listing = await listSources(project.root, [...services, ...project.services]);
  const files = await addSources(parts, project, services, listing, new Set(asked), signal);
  const mayAlso = [...new Set(jobs.flatMap((job) => job.mayAlso))];
  const kinds = new Set(jobs.map(({ artifact }) => artifact.kind));
  const system = systemText(kinds);
  const found = repair ? `${findingsText(repair.findings)}\n` : '';
  const written = [head(project, jobs), parts.text, found].join('\n');
  // All services: what one keeps secret another may repeat.
  const near = sourcesOf(listing, project.services);
  const clean = withoutSecrets(written, await knownSecrets(project.root, near));
  const text = `${clean.text}\n${tail(asked, mayAlso, repair !== null)}`;
  const tag = blockTag(`${system}\0${text}`);
  const { redactions } = parts;
  const allowed = [...asked, ...mayAlso];
  return {
    system,
    prompt: text.replaceAll(tagPlace, tag),
    tag,
    allowed,
    note: repair ? null : requestNote(project, jobs, { tag, allowed }),
    files,
    redactions: [
      ...redactions,
      ...clean.found.map(({ path, line, name }) => ({
        path,
        line,
        what: `the value of ${name}, which another file repeats`,
      })),
    ],
  };
}

function head(project: ScanResult, jobs: readonly PromptJob[]): string {
  const files = jobs.map(({ artifact: { kind, service }, paths }) => {
    const whose = service ? `of the service ${oneLine(service.name, 100)}` : 'of the whole project';
    return `- ${kind} ${whose}: ${paths.join(', ')}`;
  });
  const project_ = oneLine(basename(project.root), 100);
  return `Tag of this request: ${tagPlace}\nProject: ${project_}\nFiles to write:\n${files.join('\n')}\n`;
}

function tail(asked: readonly string[], mayAlso: readonly string[], mend: boolean): string {
  const what = mend
    ? 'Mend the attempt: every finding above is gone, all else stays. Answer'
    : 'Answer';
  const may =
    mayAlso.length > 0 ? `Only if the others need it you may add: ${mayAlso.join(', ')}.\n` : '';
  const opens = asked.map((path) => openLine(path, tagPlace)).join('\n');
  return `${may}${what} with these blocks and nothing else; each ends with a line ${closeLine(tagPlace)} of its own:\n${opens}\n`;
}

async function addTaught(
  parts: PromptParts,
  taught: ReadonlyMap<string, TaughtFile>,
  most: number,
): Promise<void> {
  let left = most;
  for (const [path, { edits, rejected }] of taught) {
    if (rejected) {
      const text = 'The user rejected an earlier text of this file.';
      const before = parts.left;
      await parts.add('taught', path, { path }, text, left);
      left -= before - parts.left;
    }
    for (const { diff } of edits) {
      const before = parts.left;
      await parts.add('taught', `lesson for ${path}`, { path }, diff, left);
      left -= before - parts.left;
    }
  }
}

async function addSources(
  parts: PromptParts,
  project: ScanResult,
  services: readonly Service[],
  listing: Listing,
  asked: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<BuiltPrompt['files']> {
  const listed = sourcesOf(listing, services);
  const candidates = rankSources(project, services, listed).filter(({ path }) => !asked.has(path));
  const chosen = await selectSources(candidates, parts.left, (path) =>
    readShort(project.root, path, signal),
  );
  const files: { path: string; characters: number; whole: boolean }[] = [];
  for (const { path, whole, parts: excerpts, redactions } of chosen) {
    let characters = 0;
    for (const { first, last, text } of excerpts) {
      const said = { path, ...(whole ? {} : { lines: `${first}-${last}` }) };
      const own = redactions.filter(({ line }) => line >= first && line <= last);
      if (parts.addClean('source', path, said, { text, redactions: own }))
        characters += text.length;
    }
    if (characters > 0) files.push({ path, characters, whole });
  }
  return files;
}
