import type { PromptRules } from './prompt-rule.ts';

/** Rules of Dockerfiles and Compose files. */
export const containerRules: PromptRules<'dockerfile' | 'compose'> = {
  dockerfile: [
    {
      text: 'Every base image has an exact version tag, never `latest` or none.',
      checks: ['dockerfile/unpinned-base', 'dockerfile/invalid-image'],
    },
    {
      text: 'Use several stages: build tools stay out of the last one. COPY --from names a stage that exists.',
      checks: ['dockerfile/unknown-stage'],
    },
    {
      text: 'The last stage ends with USER and an ordinary user, never root; no sudo, no chmod 777.',
      checks: ['dockerfile/no-root-user', 'dockerfile/sudo', 'dockerfile/world-writable'],
    },
    {
      text: 'Set WORKDIR before relative targets; COPY only what lies in the build context; COPY of several sources ends with /.',
      checks: ['dockerfile/no-workdir', 'dockerfile/outside-context', 'dockerfile/copy-target'],
    },
    {
      text: 'Use COPY, not ADD; never pipe a download into a shell; never RUN --security=insecure.',
      checks: [
        'dockerfile/add-local',
        'dockerfile/add-url',
        'dockerfile/pipe-to-shell',
        'dockerfile/insecure-run',
      ],
    },
    {
      text: 'No secret in ENV, ARG or a copied file; the environment gives them at run time.',
      checks: ['dockerfile/secret-in-variable', 'dockerfile/secret-file'],
    },
    {
      text: 'CMD and ENTRYPOINT in exec form, ["program", "argument"]; a HEALTHCHECK for what serves HTTP; EXPOSE the port that the facts name.',
      checks: [
        'dockerfile/shell-form-command',
        'dockerfile/no-healthcheck',
        'dockerfile/invalid-port',
        'dockerfile/no-command',
      ],
    },
    {
      text: 'apt-get update and install --no-install-recommends stand in one RUN, which removes /var/lib/apt/lists or has cache mounts for it.',
      checks: ['dockerfile/apt-get-clean'],
    },
    {
      text: 'The ignore file leaves out .git, env files, keys and what the build makes again, and nothing that the build needs.',
      checks: ['dockerignore/git-folder', 'dockerignore/excludes-all'],
    },
  ],
  compose: [
    {
      text: 'No `version`; every service has an image with an exact tag, or a build.',
      checks: ['compose/obsolete-version', 'compose/no-image', 'compose/unpinned-image'],
    },
    {
      text: 'Never privileged, network_mode/pid/ipc host, SYS_ADMIN or ALL, unconfined profiles, the Docker socket, or system folders of the host.',
      checks: [
        'compose/privileged',
        'compose/dangerous-capability',
        'compose/weakened-security',
        'compose/docker-socket',
        'compose/host-path',
      ],
    },
    {
      text: `No secret in plain text: take it as \${NAME:?}, and name it without a value in .env.example.`,
      checks: ['compose/inline-secret', 'dotenv/secret', 'dotenv/syntax'],
    },
    {
      text: 'No two services publish the same host port; depends_on names services that exist and goes in no circle.',
      checks: [
        'compose/port-collision',
        'compose/invalid-port',
        'compose/depends-on-itself',
        'compose/depends-on-cycle',
      ],
    },
    {
      text: 'Only keys of the Compose specification; one document.',
      checks: ['compose/schema', 'compose/several-documents'],
    },
  ],
};
