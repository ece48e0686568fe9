import type { PromptRules } from './prompt-rule.ts';

/** Rules of clouds and pipelines. */
export const cloudRules: PromptRules<'terraform' | 'github-actions' | 'gitlab-ci'> = {
  terraform: [
    {
      text: 'Only resource types, arguments and blocks that the providers have, with what they need; every reference is declared.',
      checks: [
        'terraform/unknown-type',
        'terraform/unknown-argument',
        'terraform/unknown-block',
        'terraform/missing-argument',
        'terraform/undeclared',
      ],
    },
    {
      text: 'required_version and required_providers with pinned versions; modules from elsewhere are pinned too.',
      checks: [
        'terraform/required-version',
        'terraform/required-provider',
        'terraform/unpinned-provider',
        'terraform/unpinned-module',
      ],
    },
    {
      text: 'No secret in plain text: take it from the secret store or from a sensitive variable.',
      checks: ['terraform/plain-secret', 'terraform/not-sensitive'],
    },
    {
      text: 'Nothing public, unencrypted or open to the world that need not be; policies name actions and resources.',
      checks: [
        'terraform/public',
        'terraform/unencrypted',
        'terraform/open-to-world',
        'terraform/too-much-power',
      ],
    },
  ],
  'github-actions': [
    {
      text: 'permissions: contents: read at the top; a job that needs more names it itself, never write-all.',
      checks: [
        'github-actions/no-permissions',
        'github-actions/write-all',
        'github-actions/permissions',
      ],
    },
    {
      text: 'Every action stands at the full commit of a release, with its version as a comment; every job has timeout-minutes.',
      checks: ['github-actions/unpinned-action', 'github-actions/no-timeout'],
    },
    {
      text: 'actions/checkout with persist-credentials: false; never the head of a pull request under pull_request_target.',
      checks: ['github-actions/persisted-credentials', 'github-actions/untrusted-checkout'],
    },
    {
      text: 'What others write (titles, branch names) goes into scripts by env, never as an expression; no secret in plain text.',
      checks: ['github-actions/script-injection', 'github-actions/plain-secret'],
    },
    {
      text: 'Only keys that GitHub knows; needs and outputs name jobs and steps that exist.',
      checks: [
        'github-actions/syntax-check',
        'github-actions/job-needs',
        'github-actions/expression',
      ],
    },
  ],
  'gitlab-ci': [
    {
      text: 'Every job has a script, trigger or run, and a stage that stages lists; needs and extends name jobs of the file, in no circle.',
      checks: [
        'gitlab-ci/no-script',
        'gitlab-ci/unknown-stage',
        'gitlab-ci/unknown-needs',
        'gitlab-ci/needs-cycle',
        'gitlab-ci/unknown-extends',
        'gitlab-ci/extends-cycle',
      ],
    },
    {
      text: 'Only keys of GitLab CI, of the right type.',
      checks: ['gitlab-ci/schema', 'gitlab-ci/unknown-field'],
    },
    {
      text: 'Images have exact tags; images are built rootless, not by Docker in Docker; no secret in plain text.',
      checks: ['gitlab-ci/unpinned-image', 'gitlab-ci/docker-in-docker', 'gitlab-ci/plain-secret'],
    },
  ],
};
