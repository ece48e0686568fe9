import { quote } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import {
  attributeOf,
  blocksOf,
  entryOf,
  literal,
  literalOf,
  textOf,
  textsOf,
} from './hcl/read-values.ts';
import { type Block, type Body, type Expression, partsOf } from './hcl/syntax.ts';
import type { Risk } from './rules-network.ts';

/** Identities that may do everything. */
export function judgePower(block: Block): readonly Risk[] {
  const { body } = block;
  const [type = ''] = block.labels;
  const risk = (line: number, message: string): readonly Risk[] => [
    { rule: 'too-much-power', line, message },
  ];
  if (type === 'aws_iam_policy_document') {
    return blocksOf(body, 'statement').flatMap((statement) => {
      const isAll = (name: string): boolean =>
        textsOf(attributeOf(statement.body, name)?.value).includes('*');
      if (textOf(statement.body, 'effect') === 'Deny' || !isAll('actions') || !isAll('resources'))
        return [];
      return risk(attributeOf(statement.body, 'actions')?.line ?? statement.line, allOfIt);
    });
  }
  if (/^aws_iam_(?:role_|user_|group_)?policy$/.test(type)) {
    return statementsOf(attributeOf(body, 'policy')?.value).flatMap((statement) => {
      const isAll = (key: string): boolean => textsOf(entryOf(statement, key)).includes('*');
      if (
        literal(entryOf(statement, 'Effect')) === 'Deny' ||
        !isAll('Action') ||
        !isAll('Resource')
      )
        return [];
      return risk(entryOf(statement, 'Action')?.line ?? statement.line, allOfIt);
    });
  }
  if (
    /^aws_iam_(?:role|user|group)_policy_attachment$/.test(type) &&
    /\/AdministratorAccess$/.test(textOf(body, 'policy_arn') ?? '')
  ) {
    return risk(attributeOf(body, 'policy_arn')?.line ?? block.line, allOfIt);
  }
  const role = textOf(body, 'role') ?? textOf(body, 'role_definition_name') ?? '';
  const isBroad =
    (/^google_project_iam_(?:member|binding)$/.test(type) &&
      /^roles\/(?:owner|editor)$/.test(role)) ||
    (type === 'azurerm_role_assignment' && role === 'Owner');
  if (isBroad) {
    const line =
      (attributeOf(body, 'role') ?? attributeOf(body, 'role_definition_name'))?.line ?? block.line;
    return risk(line, `${quote(role)} may do nearly everything. Give the roles that are needed.`);
  }
  if (type === 'oci_identity_policy') {
    const statements = attributeOf(body, 'statements');
    const broad = textsOf(statements?.value).some((text) =>
      /\bto manage all-resources\b/i.test(text),
    );
    return broad ? risk(statements?.line ?? block.line, allOfIt) : [];
  }
  return [];
}

const allOfIt =
  'This allows every action on everything. Name the actions and the resources that are needed.';

/** Statements of a policy that is written with jsonencode. */
function statementsOf(policy: Expression | undefined): readonly Expression[] {
  if (policy?.type !== 'call' || policy.name !== 'jsonencode') return [];
  const statements = entryOf(policy.args[0], 'Statement');
  return statements?.type === 'tuple' ? statements.items : statements ? [statements] : [];
}

/** A secret in plain text; `certain` by its form, or likely by its name. */
export type PlainSecret = {
  readonly verdict: 'certain' | 'likely';
  readonly name: string;
  readonly line: number;
};

/** Secrets that are written out in a block, at any depth. */
export function secretsOf(block: Block): readonly PlainSecret[] {
  if (block.name === 'variable') {
    const text = textOf(block.body, 'default');
    const found = attributeOf(block.body, 'default');
    return text === undefined || !found ? [] : judge(block.labels[0] ?? '', text, found.line);
  }
  return inBody(block.body);
}

function inBody(body: Body): readonly PlainSecret[] {
  const own = body.attributes.flatMap(({ name, value, line }) => inValue(name, value, line));
  // env { name = "DB_PASSWORD", value = "…" }
  const name = literalOf(body, 'name');
  const value = attributeOf(body, 'value');
  const pair = typeof name === 'string' && value ? inValue(name, value.value, value.line) : [];
  return [...own, ...pair, ...body.blocks.flatMap((block) => inBody(block.body))];
}

function inValue(name: string, value: Expression, line: number): readonly PlainSecret[] {
  const text = literal(value);
  if (typeof text === 'string') return judge(name, text, line);
  if (value.type === 'object') {
    const named = literal(entryOf(value, 'name'));
    const held = entryOf(value, 'value');
    const pair = typeof named === 'string' && held ? inValue(named, held, held.line) : [];
    return [
      ...pair,
      ...value.items.flatMap((item) =>
        inValue(String(literal(item.key) ?? ''), item.value, item.line),
      ),
    ];
  }
  return partsOf(value).flatMap((part) =>
    inValue(value.type === 'tuple' ? name : '', part, part.line),
  );
}

/** Names by which a secret is looked up, and words that stand for none. */
const isName =
  /^(?:[a-z0-9]+(?:[-_/.:][a-z0-9]+)+|arn:.*|projects\/.*|https?:\/\/[^@]*|change-?me|[A-Z][A-Za-z]*|[a-z]+)$/;

/** Names of what belongs to a secret, and is none. */
const besideSecret =
  /(?:_description|_metadata|_date|_crn|_arn|_user|_version|_group|_tags?|_labels?|_value)$/i;

function judge(name: string, value: string, line: number): readonly PlainSecret[] {
  const verdict = judgeSecret(name, value);
  // `password_secret = "db-password"` names a secret; a password has other signs in it.
  if (verdict === 'likely' && (besideSecret.test(name) || /\s\S+\s/.test(value))) return [];
  if (verdict === null || (verdict === 'likely' && isName.test(value) && !/passw|pwd/i.test(name)))
    return [];
  return [{ verdict, name, line }];
}

/** Whether a variable holds a secret, by its name, and does not say so. */
export function isBareSecret(block: Block): boolean {
  if (
    block.name !== 'variable' ||
    attributeOf(block.body, 'sensitive') ||
    attributeOf(block.body, 'ephemeral')
  )
    return false;
  const type = attributeOf(block.body, 'type')?.value;
  const isText = type === undefined || (type.type === 'reference' && type.root === 'string');
  return isText && judgeSecret(block.labels[0] ?? '', 'x7#Q-no-name') === 'likely';
}
