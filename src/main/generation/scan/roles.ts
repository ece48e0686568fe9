/** What a program's name and place say of its purpose. */
export type Role = 'tool' | 'job' | 'worker';

const toolFolders =
  /(?:^|\/)(?:tools?|hack|scripts?|_?examples?|samples?|benchmarks?|bench|benches|fuzz|internal\/gen|testutils?|contrib|dev|misc)(?:\/|$)/i;
const tool =
  /(?:^|[-_.])(?:gen|generate|generator|codegen|ctl|cli|tool|tools|bench|lint|loadtest)$/i;
const job =
  /(?:^|[-_.])(?:migrate|migrations?|migrator|seed|seeder|seeds|backfill|import|cron|cronjob|job|batch|init)$/i;
const worker =
  /(?:^|[-_.])(?:workers?|consumers?|daemon|scheduler|processor|subscriber|listener|queue|runner|sidekiq)$/i;

/** The role of a program at a path; null where neither its name nor its folder gives it away. */
export function roleOf(path: string, name: string): Role | null {
  if (path !== '.' && toolFolders.test(path)) return 'tool';
  if (tool.test(name)) return 'tool';
  if (job.test(name)) return 'job';
  if (worker.test(name)) return 'worker';
  return null;
}
