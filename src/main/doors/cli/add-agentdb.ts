import type { Command } from 'commander';
import { addGroup } from './add-group.ts';
import {
  type EpisodesOptions,
  episodesListCommand,
  episodesRecallCommand,
  episodesTotalsCommand,
} from './commands/episodes.ts';
import { skillsListCommand, skillsSearchCommand, skillsShowCommand } from './commands/skills.ts';
import {
  vectorsDeleteCommand,
  vectorsGetCommand,
  vectorsListCommand,
  vectorsSearchCommand,
} from './commands/vectors.ts';
import { parseFew, parseLimit, parseVersion } from './parse-options.ts';
import type { Perform } from './perform.ts';

const atMost = 'at most so many, 1 to 1000';
type Limited = { readonly limit: number };

/** Adds `omega vectors`, `episodes` and `skills` to the command line. */
export function addAgentDb(program: Command, perform: Perform): void {
  addVectors(program, perform);
  addEpisodes(program, perform);
  addSkills(program, perform);
}

function addVectors(program: Command, perform: Perform): void {
  const about = 'show, search and delete the vectors that agents keep';
  const vectors = addGroup(program, 'vectors', about);
  vectors
    .command('list', { isDefault: true })
    .description('list the collections')
    .action(() => perform((session) => vectorsListCommand(session)));
  vectors
    .command('search <collection> <text...>')
    .description('find the vectors of a collection that are most like a text')
    .option('--limit <n>', atMost, parseLimit, 10)
    .action((collection: string, words: string[], { limit }: Limited) =>
      perform((session) => vectorsSearchCommand(session, collection, words.join(' '), limit)),
    );
  vectors
    .command('get <collection> <id>')
    .description('show one vector')
    .action((collection: string, id: string) =>
      perform((session) => vectorsGetCommand(session, collection, id)),
    );
  vectors
    .command('delete <collection> <id>')
    .description('delete one vector')
    .action((collection: string, id: string) =>
      perform((session) => vectorsDeleteCommand(session, collection, id)),
    );
}

function addEpisodes(program: Command, perform: Perform): void {
  const episodes = addGroup(program, 'episodes', 'show what agents tried, and what came of it');
  episodes
    .command('list', { isDefault: true })
    .description('show the latest episodes')
    .option('--session <id>', 'only of that session')
    .option('--limit <n>', atMost, parseLimit, 20)
    .action((options: EpisodesOptions) =>
      perform((session) => episodesListCommand(session, options)),
    );
  episodes
    .command('recall <text...>')
    .description('find the episodes that are most like a text')
    .option('--session <id>', 'only of that session')
    .option('--limit <n>', atMost, parseLimit, 10)
    .action((words: string[], options: EpisodesOptions) =>
      perform((session) => episodesRecallCommand(session, words.join(' '), options)),
    );
  episodes
    .command('totals')
    .description('show what the episodes came to')
    .option('--session <id>', 'only of that session')
    .action((options: { readonly session?: string }) =>
      perform((session) => episodesTotalsCommand(session, options.session)),
    );
}

function addSkills(program: Command, perform: Perform): void {
  const skills = addGroup(program, 'skills', 'show the skills that agents keep');
  skills
    .command('list', { isDefault: true })
    .description('show the latest version of every skill')
    .option('--limit <n>', atMost, parseLimit, 100)
    .action(({ limit }: Limited) => perform((session) => skillsListCommand(session, limit)));
  skills
    .command('search <text...>')
    .description('find the skills that fit a wish best, the proven ones first')
    .option('--limit <n>', 'at most so many, 1 to 100', parseFew, 10)
    .action((words: string[], { limit }: Limited) =>
      perform((session) => skillsSearchCommand(session, words.join(' '), limit)),
    );
  skills
    .command('show <name>')
    .description('show one skill in full')
    .option('--revision <n>', 'that version of it; the latest by default', parseVersion)
    .action((name: string, options: { readonly revision?: number }) =>
      perform((session) => skillsShowCommand(session, name, options.revision)),
    );
}
