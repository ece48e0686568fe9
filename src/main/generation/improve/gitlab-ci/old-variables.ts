/** Variables that GitLab 16 took away, and those of the same meaning; of its own list of removals. */
const renamed: Readonly<Record<string, string>> = {
  CI_BUILD_BEFORE_SHA: 'CI_COMMIT_BEFORE_SHA',
  CI_BUILD_ID: 'CI_JOB_ID',
  CI_BUILD_MANUAL: 'CI_JOB_MANUAL',
  CI_BUILD_NAME: 'CI_JOB_NAME',
  CI_BUILD_REF: 'CI_COMMIT_SHA',
  CI_BUILD_REF_NAME: 'CI_COMMIT_REF_NAME',
  CI_BUILD_REF_SLUG: 'CI_COMMIT_REF_SLUG',
  CI_BUILD_REPO: 'CI_REPOSITORY_URL',
  CI_BUILD_STAGE: 'CI_JOB_STAGE',
  CI_BUILD_TAG: 'CI_COMMIT_TAG',
  CI_BUILD_TOKEN: 'CI_JOB_TOKEN',
  CI_BUILD_TRIGGERED: 'CI_PIPELINE_TRIGGERED',
};

const used = /(\$\{?|\$env:|%)(CI_BUILD_[A-Z_]+)\b/g;

/** Names that a text sets itself, so that GitLab's removal does not touch them. */
export function ownNames(text: string): ReadonlySet<string> {
  const set = text.matchAll(/\b(CI_BUILD_[A-Z_]+)["']?[ \t]*[:=]/g);
  return new Set([...set].map(([, name = '']) => name));
}

/** The text with the names of today in place of those that are gone. */
export function withNewNames(text: string, own: ReadonlySet<string>): string {
  return text.replace(used, (whole, sign: string, name: string) => {
    const now = Object.hasOwn(renamed, name) && !own.has(name) ? renamed[name] : undefined;
    return now === undefined ? whole : `${sign}${now}`;
  });
}
