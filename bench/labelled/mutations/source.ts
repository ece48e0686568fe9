import { append, type Mutation, rewrite } from '../labelled.ts';

const languages = {
  python: /^(?:from [\w.]+ import .*|import [\w.]+(?: as \w+)?|def \w+\(.*|class \w+.*:)$/m,
  go: /^package \w+[ \t]*$/m,
  java: /^package [\w.]+;/m,
  csharp: /^(?:\uFEFF)?(?:using [\w.]+;|namespace [\w.]+)/m,
  script:
    /^(?:import .*['"];?|export (?:const|default|class|function|async).*|const .*require\(.*)$/m,
} as const;

/** The same fault in files of some languages only. */
function only(kinds: readonly (keyof typeof languages)[], { name, breaks }: Mutation): Mutation {
  return {
    name: `${kinds.join(', ')}: ${name}`,
    breaks: (content, path) => {
      const kind = kindOf(content);
      return kind !== null && kinds.includes(kind) ? breaks(content, path) : null;
    },
  };
}

function kindOf(content: string): keyof typeof languages | null {
  const kinds = ['go', 'java', 'csharp', 'script', 'python'] as const;
  return kinds.find((kind) => languages[kind].test(content)) ?? null;
}

const braces = ['go', 'java', 'csharp', 'script'] as const;

/** Faults at which the language's own compiler or parser stops. */
export const mutations: readonly Mutation[] = [
  ...braces.map((kind) => only([kind], rewrite('the last brace cut off', /\}[^{}]*$/, '\n'))),
  ...braces.map((kind) => only([kind], append('a brace too many', '}'))),
  ...(['python', ...braces] as const).map((kind) =>
    only([kind], append('marks of a merge', '<<<<<<< HEAD\n=======\n>>>>>>> omega')),
  ),
  ...(['python', ...braces] as const).map((kind) =>
    only([kind], append('a fence of Markdown', '```')),
  ),
  only(['java', 'csharp'], append('a comment that is not closed', '/* omega')),
  only(['go', 'script'], append('a comment that does not end', '/* omega')),
  only(['python'], append('a function without a colon', 'def omega()\n    pass')),
  only(['python'], append('a function without a body', 'def omega():\n')),
  only(['python'], append('a bracket that is not closed', 'omega = print("a"')),
  only(['python'], append('a text that is not closed', 'omega = "a')),
  only(['python'], append('a long text that is not closed', 'omega = """a')),
  only(['python'], append('else if', 'if 1:\n    pass\nelse if 2:\n    pass')),
  only(['python'], append('an indentation that nothing opens', 'omega = 1\n    omega_b = 2')),
  only(['python'], append('a comparison by one sign', 'if omega = 1:\n    pass')),
  only(['python'], append('braces around a block', 'if 1 {\n    pass\n}')),
  only(['python'], append('an import of nothing', 'from os import')),
  only(['python'], append('a keyword as a name', 'class = 1')),
  only(['python'], append('a dictionary without a comma', 'omega = {"a": 1 "b": 2}')),
  only(['script'], append('a bracket that is not closed', 'omega(1;')),
  only(['script'], append('a text that is not closed', 'const omegaText = "a;')),
  only(['script'], append('a template that is not closed', 'const omegaText = `a;')),
  only(['script'], append('an import whose brace is not closed', "import { omega from 'omega';")),
  only(['script'], append('a constant without a value', 'const omega;')),
  only(['script'], append('a name twice', 'const omega = 1;\nconst omega = 2;')),
  only(['script'], append('an object without a comma', 'const omega = { a: 1 b: 2 };')),
  only(['script'], append('an else without an if', 'else { omega(); }')),
  only(['script'], append('a function without a name', 'function () {}')),
  only(['python'], append('a try that catches nothing', 'try:\n    pass\nomega = 1')),
  only(['go'], append('a short declaration outside of a function', 'omega := 1')),
  only(
    ['go'],
    append('an else on a line of its own', 'func omega() {\n\tif true {\n\t}\n\telse {\n\t}\n}'),
  ),
  only(['go'], append('a text that is not closed', 'var omega = "a')),
  only(['go'], append('a bracket that is not closed', 'var omega = f(1')),
  only(['go'], append('while, which Go does not have', 'func omega() {\n\twhile true {\n\t}\n}')),
  only(['go'], append('arguments without a comma', 'var omega = f(1 2)')),
  only(['go'], rewrite('package misspelled', /^package /m, 'pakage ')),
  only(['java'], rewrite('a statement without its semicolon', /^(package [\w.]+);/m, '$1')),
  only(['java'], append('a text that is not closed', 'class Omega { String a = "b; }')),
  only(['java'], append('a bracket that is not closed', 'class Omega { int a = f(1; }')),
  only(['java'], append('a field without its semicolon', 'class Omega { int a = 1 }')),
  only(['java'], append('a function as of Kotlin', 'class Omega { fun a(): Int { } }')),
  only(['java'], append('an else without an if', 'class Omega { void a() { else { } } }')),
  only(['csharp'], append('a text that is not closed', 'class Omega { string A = "b; }')),
  only(['csharp'], append('brackets that do not match', 'class Omega { int A = F(1]; }')),
  only(['csharp'], append('a condition that is not closed', '#if OMEGA\nclass Omega { }')),
  only(
    ['csharp'],
    append('a hole of a text that is not closed', 'class Omega { string A = $"{b"; }'),
  ),
];
