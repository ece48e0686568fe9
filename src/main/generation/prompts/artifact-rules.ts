import type { ArtifactKind } from '#shared/artifact.ts';

/** What the validators check, as a model is told it. `checks` are the rules that speak where it is not kept. */
export type PromptRule = { readonly text: string; readonly checks: readonly string[] };

/** The rules of each kind: the ones that models break. */
export const artifactRules: Readonly<Record<ArtifactKind, readonly PromptRule[]>> = {
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
  kubernetes: [
    {
      text: 'Only current API versions, known kinds and fields of the right type; one file, documents parted by ---.',
      checks: [
        'kubernetes/removed-api',
        'kubernetes/unknown-api',
        'kubernetes/unknown-kind',
        'kubernetes/unknown-field',
        'kubernetes/wrong-type',
        'kubernetes/missing-field',
      ],
    },
    {
      text: 'Selectors match the labels of their pod templates; ports that are named or referred to exist; names are DNS labels.',
      checks: [
        'kubernetes/selector-mismatch',
        'kubernetes/selector-matches-nothing',
        'kubernetes/undefined-port',
        'kubernetes/invalid-name',
      ],
    },
    {
      text: 'Every container: runAsNonRoot, a user that is not 0, allowPrivilegeEscalation false, readOnlyRootFilesystem true, capabilities dropped, requests and limits.',
      checks: [
        'kubernetes/run-as-non-root',
        'kubernetes/run-as-root',
        'kubernetes/privilege-escalation',
        'kubernetes/writable-root',
        'kubernetes/no-resources',
        'kubernetes/request-over-limit',
      ],
    },
    {
      text: 'Never privileged, hostNetwork, hostPID, hostIPC, hostPath or added capabilities that rule the node.',
      checks: ['kubernetes/privileged', 'kubernetes/host-path', 'kubernetes/dangerous-capability'],
    },
    {
      text: 'Probes use a path that the source answers; images have exact tags; no secret in plain text, refer to a Secret by name.',
      checks: [
        'kubernetes/probe-handler',
        'kubernetes/probe-timing',
        'kubernetes/unpinned-image',
        'kubernetes/inline-secret',
      ],
    },
  ],
  kustomize: [
    {
      text: 'Use resources, patches with path or patch, images, labels and replacements; never bases, patchesStrategicMerge, patchesJson6902, imageTags, commonLabels or vars.',
      checks: ['kustomize/deprecated-field', 'kustomize/unknown-field', 'kustomize/wrong-type'],
    },
    {
      text: 'All files that a kustomization names are among yours, in its folder or below; other folders are named as such. Nothing is named twice, and nothing leads back.',
      checks: [
        'kustomize/missing-file',
        'kustomize/outside-root',
        'kustomize/duplicate-entry',
        'kustomize/duplicate-resource',
        'kustomize/cycle',
      ],
    },
    {
      text: 'Every patch applies: its target is an object of the resources, and each path of a JSON patch exists; each entry of images and replicas changes something.',
      checks: [
        'kustomize/patch',
        'kustomize/patch-target',
        'kustomize/unused-image',
        'kustomize/replicas',
        'kustomize/replacement',
      ],
    },
  ],
  helm: [
    {
      text: 'Chart.yaml: apiVersion v2, name, and version and appVersion as quoted or complete versions (1.0.0).',
      checks: ['helm/missing-field', 'helm/chart', 'helm/unknown-field'],
    },
    {
      text: 'Templates are Go templates with the functions of Helm and Sprig only; every block is closed, every included template is defined, and no field is read of a value that may not be set.',
      checks: ['helm/template', 'helm/unknown-function', 'helm/render'],
    },
    {
      text: 'values.yaml fits values.schema.json, holds no secret, and renders every template without further values to manifests that keep the rules for Kubernetes.',
      checks: ['helm/schema-mismatch', 'helm/schema', 'helm/values', 'helm/inline-secret'],
    },
  ],
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
  collector: [
    {
      text: 'Every component that a pipeline names is defined, of a type that the collector has; every pipeline has receivers and exporters; nothing is defined and unused.',
      checks: [
        'collector/undefined',
        'collector/component',
        'collector/pipeline',
        'collector/unused',
      ],
    },
    {
      text: 'memory_limiter comes first, with check_interval and a limit, and filters before batch; exporters have an endpoint; no two listen on one port.',
      checks: ['collector/order', 'collector/setting', 'collector/port'],
    },
    {
      text: `Values of the environment are written as \${env:NAME}.`,
      checks: ['collector/variable'],
    },
  ],
  telemetry: [
    {
      text: 'Change as few lines as you can; keep comments, quotes, indentation and line ends; every file still parses.',
      checks: ['source/syntax'],
    },
  ],
  prometheus: [
    {
      text: 'Every expression is PromQL: known functions with the right arguments, rate() over a range, an instant vector as its result.',
      checks: ['prometheus/promql'],
    },
    {
      text: 'A rule has record or alert, never both; groups have names of their own; durations are written like 5m.',
      checks: ['prometheus/rule', 'prometheus/group-name', 'prometheus/duration'],
    },
    {
      text: 'Templates use only functions and variables that Prometheus has; no two rules have one name and the same labels.',
      checks: ['prometheus/template', 'prometheus/duplicate-rule'],
    },
    {
      text: 'Monitors name a port of the Service; a timeout is no longer than its interval.',
      checks: ['prometheus/no-port', 'prometheus/scrape-timeout'],
    },
  ],
  grafana: [
    {
      text: 'Valid JSON of a classic dashboard; panels fit into 24 columns, do not overlap, and have ids of their own.',
      checks: [
        'grafana/json',
        'grafana/schema',
        'grafana/grid',
        'grafana/overlap',
        'grafana/panel-id',
      ],
    },
    {
      text: 'Every variable that is used is defined under templating, the data source too; every Prometheus target is PromQL.',
      checks: ['grafana/undefined-variable', 'grafana/promql'],
    },
  ],
  policies: [
    {
      text: 'Kyverno policies are kyverno.io/v1 ClusterPolicy or Policy with known fields; each rule has a name of its own, a match with kinds, and exactly one of validate, mutate, generate, verifyImages.',
      checks: [
        'kyverno/unknown-field',
        'kyverno/wrong-type',
        'kyverno/missing-field',
        'kyverno/no-rules',
        'kyverno/empty-match',
        'kyverno/one-action',
        'kyverno/one-check',
        'kyverno/duplicate-rule',
      ],
    },
    {
      text: 'failureAction stands in validate and is Audit at first, with a message; no deprecated fields or operators; variables and anchors are closed.',
      checks: [
        'kyverno/deprecated-field',
        'kyverno/no-message',
        'kyverno/open-variable',
        'kyverno/invalid-variable',
        'kyverno/invalid-anchor',
        'kyverno/invalid-operator',
      ],
    },
  ],
  report: [],
};
