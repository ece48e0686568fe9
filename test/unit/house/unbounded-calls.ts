import { parseSync } from 'vite';

/** What leaves the process or the thread, by the module that it comes from. */
const leaving: Readonly<Record<string, RegExp>> = {
  child_process: /^(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|fork)$/,
  http: /^(?:request|get)$/,
  https: /^(?:request|get)$/,
  http2: /^connect$/,
  net: /^(?:connect|createConnection)$/,
  tls: /^connect$/,
  dns: /^(?:lookup|resolve\w*|reverse)$/,
  'dns/promises': /^(?:lookup|resolve\w*|reverse)$/,
  worker_threads: /^Worker$/,
  piscina: /^Piscina$/,
  ws: /^(?:WebSocket|default)$/,
  undici: /^(?:fetch|request|stream|connect)$/,
  electron: /^(?:utilityProcess\.fork|net\.(?:fetch|request))$/,
  '#main/core/maybe-async/arun.ts': /^(?:arun|ensureAsyncCallableThreaded)$/,
};
const globals = /^(?:fetch|WebSocket|EventSource)$/;
const bounds = /^(?:signal|timeout|timeoutMs|deadlineMs)$/;

type Node = { readonly type: string; readonly [key: string]: unknown };
type Binding = { readonly module: string; readonly name: string };

/**
 * Calls in a TypeScript source that leave the process or the thread without a deadline, as
 * `name:line`. A call has one where an object among its arguments has a `signal`, `timeout`,
 * `timeoutMs` or `deadlineMs`, or where the function around it arms a timer for it.
 */
export function unboundedCalls(path: string, source: string): readonly string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const bindings = new Map<string, Binding>();
  const found: string[] = [];
  const visit = (node: Node, around: readonly Node[]): void => {
    if (node.type === 'ImportDeclaration') bind(node, bindings);
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const name = leavingName(node, bindings);
      if (name !== null && !hasBound(node) && !around.some(armsTimer)) {
        found.push(`${name}:${source.slice(0, Number(node.start)).split('\n').length}`);
      }
    }
    const inner = /Function/.test(node.type) ? [...around, node] : around;
    for (const child of children(node)) visit(child, inner);
  };
  visit(program as unknown as Node, []);
  return found;
}

function bind(declaration: Node, bindings: Map<string, Binding>): void {
  const module = nameOf(declaration.source).replace(/^node:/, '');
  for (const each of declaration.specifiers as readonly Node[]) {
    const name =
      each.type === 'ImportNamespaceSpecifier'
        ? '*'
        : each.type === 'ImportDefaultSpecifier'
          ? 'default'
          : nameOf(each.imported);
    bindings.set(nameOf(each.local), { module, name });
  }
}

/** The name by which a call is known to leave; null where it does not. */
function leavingName(call: Node, bindings: ReadonlyMap<string, Binding>): string | null {
  // `promisify(execFile)(…)` calls what it wraps.
  const callee = call.callee as Node;
  const wrapped = callee.type === 'CallExpression' ? (callee.arguments as Node[])[0] : callee;
  const [first = '', ...rest] = wrapped ? pathOf(wrapped) : [];
  const bound = bindings.get(first);
  if (bound === undefined) return rest.length === 0 && globals.test(first) ? first : null;
  const all = ['*', 'default'].includes(bound.name) && rest.length > 0 ? [] : [bound.name];
  const name = [...all, ...rest].join('.');
  return leaving[bound.module]?.test(name) ? name : null;
}

/** `a.b.c` as its names; empty for anything else. */
function pathOf(node: Node): readonly string[] {
  if (node.type === 'Identifier') return [nameOf(node)];
  if (node.type !== 'MemberExpression' || node.computed === true) return [];
  const object = pathOf(node.object as Node);
  return object.length === 0 ? [] : [...object, nameOf(node.property)];
}

function hasBound(call: Node): boolean {
  const given = call.arguments as readonly Node[];
  return given.some(
    ({ type, properties }) =>
      type === 'ObjectExpression' &&
      (properties as readonly Node[]).some(({ key }) => key && bounds.test(nameOf(key))),
  );
}

/** Whether a function itself, not one inside it, calls `setTimeout`. */
function armsTimer(node: Node): boolean {
  return children(node).some(
    (child) =>
      (child.type === 'CallExpression' && nameOf(child.callee) === 'setTimeout') ||
      (!/Function/.test(child.type) && armsTimer(child)),
  );
}

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: unknown; value?: unknown };
  return String(name ?? value ?? '');
}

function children(node: Node): readonly Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');
}
