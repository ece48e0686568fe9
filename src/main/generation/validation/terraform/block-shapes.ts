/** What a block of Terraform's own holds; `open` where the rest is a module's or provider's affair. */
export type Shape = {
  readonly labels: readonly string[];
  readonly page: string;
  readonly arguments: string;
  readonly required?: string;
  readonly blocks: string;
  readonly open?: true;
};

const meta = 'count for_each depends_on';
/** The blocks of a file. */
export const shapes: Readonly<Record<string, Shape>> = {
  terraform: {
    labels: [],
    page: '/terraform',
    arguments: 'required_version experiments language',
    blocks: 'required_providers backend cloud provider_meta',
  },
  provider: {
    labels: ['name'],
    page: '/providers/configuration',
    arguments: '',
    blocks: '',
    open: true,
  },
  variable: {
    labels: ['name'],
    page: '/values/variables',
    arguments: 'type default description sensitive nullable ephemeral deprecated const',
    blocks: 'validation',
  },
  locals: { labels: [], page: '/values/locals', arguments: '', blocks: '', open: true },
  output: {
    labels: ['name'],
    page: '/values/outputs',
    arguments: 'value type description sensitive ephemeral depends_on deprecated',
    required: 'value',
    blocks: 'precondition',
  },
  module: {
    labels: ['name'],
    page: '/modules/syntax',
    arguments: `source version providers ${meta}`,
    required: 'source',
    blocks: '',
    open: true,
  },
  resource: {
    labels: ['type', 'name'],
    page: '/resources/syntax',
    arguments: meta,
    blocks: '',
    open: true,
  },
  data: {
    labels: ['type', 'name'],
    page: '/data-sources',
    arguments: meta,
    blocks: '',
    open: true,
  },
  ephemeral: {
    labels: ['type', 'name'],
    page: '/resources/ephemeral',
    arguments: meta,
    blocks: '',
    open: true,
  },
  action: {
    labels: ['type', 'name'],
    page: '/block/action',
    arguments: 'count for_each provider',
    blocks: 'config',
  },
  moved: {
    labels: [],
    page: '/modules/develop/refactoring',
    arguments: 'from to',
    required: 'from to',
    blocks: '',
  },
  import: {
    labels: [],
    page: '/import',
    arguments: 'to id identity for_each provider',
    required: 'to',
    blocks: '',
  },
  removed: {
    labels: [],
    page: '/resources/syntax#removing-resources',
    arguments: 'from',
    required: 'from',
    blocks: 'lifecycle provisioner connection',
  },
  check: { labels: ['name'], page: '/checks', arguments: '', blocks: 'data assert' },
};

/** Blocks within them that are Terraform's own too. */
export const innerShapes: Readonly<Record<string, Shape>> = {
  validation: {
    labels: [],
    page: '/values/variables#custom-validation-rules',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  precondition: {
    labels: [],
    page: '/expressions/custom-conditions',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  postcondition: {
    labels: [],
    page: '/expressions/custom-conditions',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  assert: {
    labels: [],
    page: '/checks',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  lifecycle: {
    labels: [],
    page: '/meta-arguments/lifecycle',
    arguments:
      'create_before_destroy prevent_destroy ignore_changes replace_triggered_by enabled destroy',
    blocks: 'precondition postcondition action_trigger',
  },
};

/** Where an inner shape applies: `lifecycle` of a provider's own block, say, is not Terraform's. */
export const holders: Readonly<Record<string, readonly string[]>> = {
  variable: ['validation'],
  output: ['precondition'],
  check: ['assert'],
  resource: ['lifecycle'],
  data: ['lifecycle'],
  ephemeral: ['lifecycle'],
  removed: ['lifecycle'],
  lifecycle: ['precondition', 'postcondition'],
};
