/** Why one of our own rules speaks: what it saw, why that matters, and what to do. */
export type RuleReason = { readonly what: string; readonly why: string; readonly todo: string };

const tooLarge = (what: string): RuleReason => ({
  what,
  why: 'Judging takes time by the line. Past this size it would hold the app up for seconds, and no file that people read is as long.',
  todo: 'Split the file, or move data and scripts out of it into files of their own.',
});

const unusable = (tool: string, how: string): RuleReason => ({
  what: `${tool} is on the PATH, and Omega asked it, but it gave no verdict on this file: it did not start, failed, took longer than 10 seconds, or lacked what it needs.`,
  why: 'Its silence is no praise. The built-in rules have judged the file all the same.',
  todo: `The message says what ${tool} answered. ${how} To do without it, take it off the PATH.`,
});

/**
 * Rules that no other documentation explains: they speak of a file as a whole, of the scan, or of
 * the tools that Omega asks. All other rules link to the documentation of what they judge.
 */
export const ownRules = {
  'file/too-large': tooLarge(
    'The file has more than 1,000,000 characters, so none of it was judged.',
  ),
  'file/binary': {
    what: 'The file holds NUL bytes. It is a binary file, or text in UTF-16.',
    why: 'Docker, Compose and Kubernetes read UTF-8. What they make of other bytes is an error at best.',
    todo: 'Save the file as UTF-8 in your editor, or take it out of the project if it is no text at all.',
  },
  'file/too-slow': {
    what: 'The file was not judged to its end within 30 seconds.',
    why: 'A file that takes this long is built to be slow to read, or is far from what the tools expect. What it holds is unknown.',
    todo: 'Split the file, or make it simpler: fewer nested lists, aliases and repeated lines.',
  },
  'file/more-findings': {
    what: 'The file has more than 200 findings; the rest is not listed. The worst are kept.',
    why: 'One early mistake often causes all that follow.',
    todo: 'Mend what is listed, from the top, and validate again.',
  },
  'dockerfile/too-large': tooLarge('The file is too long for a Dockerfile and was not judged.'),
  'dockerfile/linter-failed': {
    what: 'One of the parsers that judge Dockerfiles failed on this file. The other rules have judged it.',
    why: 'What that parser alone would have seen is unknown.',
    todo: 'Mend the other findings first: parsers fail on broken files. If none are left, build the file once to be sure.',
  },
  'compose/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'kubernetes/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'prometheus/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'collector/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'helm/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'helm/too-much': {
    what: 'Rendering the template took too many steps, wrote too much, or went too deep, and was stopped.',
    why: 'Helm has no such bounds: it would run until its memory is full. A template that includes itself does so.',
    todo: 'Look for a template that includes itself, or for loops within loops. Large data belongs in files.',
  },
  'helm/not-rendered': {
    what: 'A part of a chart was not rendered: a chart that it depends on is not in `charts/`, a template elsewhere is broken, Chart.yaml is missing, or the schema refers to something outside.',
    why: 'No finding there means that nobody looked, not that all is well.',
    todo: 'Run `helm dependency build`, or mend the file that the message names, and validate again.',
  },
  'helm/needs-values': {
    what: 'The chart itself refuses to be rendered with its default values: it calls `required` or `fail` and says what is missing.',
    why: 'That is no fault: some values only the user knows. But what the template makes of them was not judged.',
    todo: 'Set the value when you install the chart. To have all judged, give it an example in values.yaml.',
  },
  'kustomize/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'kustomize/not-checked': {
    what: 'A part of the kustomization was passed over: files on other machines or not among those that were read, charts, plugins, vars, or a build past its bounds.',
    why: 'What that part adds or changes is unknown, so findings about it may lack.',
    todo: 'Validate what `kubectl kustomize` prints. Where files were not read, validate the whole folder.',
  },
  'kustomize/built': {
    what: 'What the kustomization builds has a fault that its resources by themselves do not have, or that a generator made.',
    why: 'Patches and transformers change objects after each file was judged: the cluster gets what comes out.',
    todo: 'The message names the object and the fault. Mend the patch that causes it, or the resource.',
  },
  'github-actions/too-large': tooLarge(
    'The file has too many lines or values, so it was not judged.',
  ),
  'github-actions/linter-failed': {
    what: 'actionlint failed on this workflow before it came to a verdict. The other rules have judged it.',
    why: 'It fails where the YAML is of a form that GitHub does not take either, or nests far deeper than any real workflow.',
    todo: 'Make the YAML simpler: plain mappings and lists, without tags and unusual keys. Mend the other findings first.',
  },
  'gitlab-ci/too-large': tooLarge('The file has too many lines or values, so it was not judged.'),
  'gitlab-ci/not-checked': {
    what: 'The file includes others, which GitLab merges with it before it reads the jobs. Those that lie elsewhere were not looked at.',
    why: 'A job, stage or template that seems to be missing may come from there, so references that lead nowhere are not told as errors.',
    todo: 'Nothing has to be done. The pipeline editor of GitLab shows the merged file and checks it.',
  },
  'kubeconform/too-large': tooLarge('The file has too many lines or values to find the place.'),
  'kubernetes/not-checked': {
    what: 'A part of the file was passed over: a patch for Kustomize, which is no whole object, or more objects than can be compared with each other.',
    why: 'No finding there means that nobody looked, not that all is well.',
    todo: 'For a patch, validate what `kubectl kustomize` prints. For many objects, split the file.',
  },
  'hadolint/unusable': unusable('hadolint', 'Run `hadolint -` on the file to see it fail.'),
  'kubeconform/unusable': unusable(
    'kubeconform',
    'It takes schemas from the network: offline it cannot judge.',
  ),
  'terraform/unusable': unusable(
    'terraform',
    'Run `terraform fmt -check -` on the file to see it fail.',
  ),
  'docker-compose/unusable': unusable(
    'docker compose',
    'Run `docker compose config` on the file to see it fail.',
  ),
  'omega/format': {
    what: 'By name and content the file is none of the formats that Omega validates; docs/artifacts.md lists them.',
    why: 'It was not checked, so no finding says nothing about it.',
    todo: 'If it is one of these, give it the usual name (`Dockerfile`, `compose.yaml`, `main.tf`); a manifest needs `apiVersion` and `kind`.',
  },
  'omega/scan': {
    what: 'The scan could not read or understand files of this service, so facts may be missing from what was generated.',
    why: 'A port, version or command that stands in such a file is not in the proposal.',
    todo: 'Mend the files that the message names (permissions, encoding, syntax) and generate again, or check the proposal by hand.',
  },
  'omega/memory': {
    what: 'Memory has something to say of this file: you rejected such a text here before, a fact changed since the last scan, a change that you once made does not fit here, an edit was not learned, or memory could not be asked.',
    why: 'What you accept, edit and reject is learned, and the next proposals use it. What was left out, or not learned, you should know.',
    todo: 'Nothing has to be done. A change that does not fit can be made by hand. The message names the memory; forget it beside the proposal if it is wrong. `omega generate --no-memory` and the setting `learning.enabled` do without.',
  },
  'omega/model': {
    what: 'How a file that a model was asked for came about has something to say: it was cut off, it holds a mark of ours, a part of the answer was refused, another model dropped out, or the model gave no usable file and this is the blueprint’s.',
    why: 'A model’s answer is taken strictly: only files that were asked for, whole, and judged by the same validators as any other. What was left out of it, you should know.',
    todo: 'Read the message. Where the blueprint’s file is offered, take it with “Use the blueprint’s” beside the proposal. A cut-off file needs more tokens for an answer (`providers.maxTokens`).',
  },
  'omega/port-differs': {
    what: 'Two files of the project name different ports for the same service.',
    why: 'A container that listens on one port and is called on another answers nobody: probes fail, and the way in from outside ends in an error.',
    todo: 'Find out which port the program opens, and set it in both files. The message names the other one.',
  },
  'omega/image-differs': {
    what: 'Two files of the project name different images or tags for the same service. The registry before the name may differ.',
    why: 'What the pipeline builds and pushes is then not what runs.',
    todo: 'Use one name and tag in all files, or take the tag from one place.',
  },
  'omega/variables-differ': {
    what: 'Two files of the project give the same service different environment variables.',
    why: 'What works with Compose on a developer’s machine may then fail in the cluster, or the other way round.',
    todo: 'Add what is missing, or leave it where the difference is meant.',
  },
  'omega/selects-nothing': {
    what: 'A selector finds no pod or Service among the files that are applied together.',
    why: 'A Service without pods has no endpoints, and a monitor without targets measures nothing. Neither says so.',
    todo: 'Make the labels equal. Where the other object is made elsewhere, nothing has to be done.',
  },
  'omega/build-differs': {
    what: 'Compose and a pipeline build the same service from different places: another folder, or one Dockerfile with two contexts.',
    why: 'A Dockerfile copies files from its context. What works on a developer’s machine then fails in the pipeline, or builds something else.',
    todo: 'Give both the same Dockerfile and context. The message names the other place.',
  },
  'omega/names-nothing': {
    what: 'A pipeline names a workload, or a variable of Terraform, that none of the project’s files has.',
    why: 'A deployment waits in vain for a workload that is called otherwise, and Terraform ignores a variable that it does not know without a word.',
    todo: 'Use the name that the message shows. Where the thing is made outside of the project, nothing has to be done.',
  },
  'omega/sends-nowhere': {
    what: 'A service sends its telemetry to a host or a port where no collector of the project listens, or in another form than the collector takes there.',
    why: 'The service runs on and says at most one line in its log; its traces and metrics are lost.',
    todo: 'Set OTEL_EXPORTER_OTLP_ENDPOINT to the name and a port of the collector’s Service: 4317 takes gRPC and 4318 HTTP as a rule.',
  },
  'omega/measures-nothing': {
    what: 'A rule or a dashboard asks for series that nothing of the project makes: a workload of another name, a metric that no rule records, a label that no rule sets.',
    why: 'An expression without series is no error to Prometheus: the alert never fires, and the panel stays empty.',
    todo: 'Use the name that the message shows, or mend it where the series are made.',
  },
  'omega/rules-differ': {
    what: 'A group of Prometheus rules stands in a file and in a PrometheusRule object, and a rule is not the same in both.',
    why: 'Either may be the one that is loaded. What was tried with one is then not what watches the services.',
    todo: 'Make the rule the same in both, or remove the file that is not used.',
  },
  'omega/policy-refuses': {
    what: 'A manifest of the project does not pass a Kyverno policy of the project.',
    why: 'Once the policy is enforced, the cluster refuses the manifest; until then every report lists it.',
    todo: 'Change the manifest as the rule asks, or let the rule allow it: both are yours.',
  },
  'omega/left': {
    what: 'This file is its author’s, and gets small changes only. What the message names would be safer, and was left as it is for the reason that it gives.',
    why: 'A change that the facts do not show to be safe (another user, a root file system that is read-only, fewer capabilities) can stop a workload that runs well today.',
    todo: 'Decide on it yourself: make the change where it runs first on trial, or leave it. With `--existing replace` the file is written anew instead.',
  },
  'omega/mended': {
    what: 'This file is its author’s. The message says what the small changes that are proposed do to it.',
    why: 'Each of them makes it safer or steadier by what the project’s facts show, and changes nothing that its workload needs.',
    todo: 'Read the change. Accept it, edit it, or reject it; a security report of the same run counts on it.',
  },
  'omega/beside': {
    what: 'This file counts on others that the same run proposes: the telemetry of the services that the message names.',
    why: 'Files that are proposed together agree with each other. Where those are rejected, dashboards and rules ask for metrics that nobody sends.',
    todo: 'Accept the telemetry too. Where you do not want it, generate this file again without the kind `telemetry`.',
  },
  'omega/secret': {
    what: 'The file holds a key of a well-known form, a private key, or a password in an address, wherever in it that is.',
    why: 'Who can read the repository, or its history, has the secret. Everything that Omega shows as ready is searched for them.',
    todo: 'Take the value out, give it by the environment or by a store of secrets, and change the secret: what was ever committed counts as known.',
  },
  'omega/target': {
    what: 'What is in the place of this file cannot be replaced: a link, a folder, a file that may not be read or written, or one that is too big.',
    why: 'Omega writes through no link and replaces nothing that it could not restore.',
    todo: 'Move away what is there, or mend its permissions, and generate again. `--out DIR` writes elsewhere.',
  },
  'omega/hidden': {
    what: 'A line of a `.gitignore` of the project matches the path of this new file.',
    why: 'Git leaves such a file out without a word. What needs it works on this machine, and nowhere else.',
    todo: 'Make the line say what it means (`/storage/` is the folder at the top alone), take the path out again by a line with `!` below it, or add the file with `git add --force`.',
  },
  'omega/readable': {
    what: 'The file could not be read: it is gone, a link out of the project, larger than 1 MB, no UTF-8 text, or not permitted.',
    why: 'It was not checked, so it may hold any mistake.',
    todo: 'The message says which of these it is. Mend that and validate again.',
  },
} as const satisfies Readonly<Record<string, RuleReason>>;

/** The id of a rule that is explained here and nowhere else. */
export type OwnRule = keyof typeof ownRules;

/** Why one of our own rules speaks; null for rules whose findings link elsewhere. */
export function reasonOf(rule: string): RuleReason | null {
  return Object.hasOwn(ownRules, rule) ? ownRules[rule as OwnRule] : null;
}

/** Where `docs/rules.md` explains the rule, with the anchor that Markdown viewers give its heading. */
export function ruleUrl(rule: OwnRule): string {
  return `docs/rules.md#${rule.replace('/', '')}`;
}

/** The text of `docs/rules.md`. */
export function rulesPage(): string {
  const sections = Object.entries(ownRules).map(
    ([rule, { what, why, todo }]) =>
      `## ${rule}\n\n${what}\n\n**Why:** ${why}\n\n**What to do:** ${todo}\n`,
  );
  return `${intro}\n${sections.join('\n')}`;
}

const intro = `# Rules

Rules of Omega's own, which no other documentation explains. All other rules link to the documentation of what they judge. The app shows these texts beside a finding, \`omega explain RULE\` prints them. They are written in \`src/shared/rules.ts\`, from which a test keeps this page.
`;
