/** What a program's name and place say of its purpose. */
export type Role = 'tool' | 'job' | 'worker';

/** Folders of helpers, wherever they stand. */
const toolFolders = /(?:^|\/)(?:tools?|hack|scripts?|internal\/gen|testutils?|misc)(?:\/|$)/i;
/** Folders of demonstrations: part of a module, they are not deployed; with a manifest of their own they may be. */
const demoFolders =
  /(?:^|\/)(?:_?examples?|samples?|benchmarks?|bench|benches|fuzz|contrib|dev|tests?|testdata)(?:\/|$)/i;
const tool =
  /(?:^|[-_.])(?:gen|generate|generator|codegen|ctl|cli|tool|tools|bench|lint|loadtest)$/i;
const job =
  /(?:^|[-_.])(?:migrate|migrations?|migrator|seed|seeder|seeds|backfill|import|cron|cronjob|job|batch|init)$/i;
const worker =
  /(?:^|[-_.])(?:workers?|consumers?|daemon|scheduler|processor|subscriber|listener|queue|runner|sidekiq)$/i;

/**
 * The role of a program; null where neither its name nor its folder gives it away. `path` is its
 * folder, `inside` the same below the manifest that it is built by (`.` where that is its own).
 */
export function roleOf(path: string, name: string, inside: string): Role | null {
  if (toolFolders.test(path) || demoFolders.test(inside)) return 'tool';
  if (tool.test(name)) return 'tool';
  if (job.test(name)) return 'job';
  if (worker.test(name)) return 'worker';
  return null;
}
