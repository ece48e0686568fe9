import { expect, test } from 'vitest';
import { brief, judge } from './expect-findings.ts';

test.each([
  ['main.ts', 'const a = <T,>(b: T): T => b satisfies T;\n@d class X { #y = 1 }\n'],
  ['page.tsx', 'export default () => <p>{1}</p>;\n'],
  ['main.mjs', "import a from 'a';\nawait a();\n"],
  ['app.py', 'match x:\n    case {"a": [*_]}:\n        print(f"{x!r}")\n'],
  ['A.java', 'record A(int b) { void c() { var d = """\n  e"""; } }\n'],
  ['main.go', 'package main\n\nfunc main() { for i := range 3 { _ = i } }\n'],
  ['package.json', '{"a": 1}\n'],
  ['pyproject.toml', '[a]\nb = [1,\n]\n'],
  ['a.csproj', '\uFEFF<Project Sdk="x">\r\n</Project>\r\n'],
])('accepts %s', async (path, content) => {
  expect(await judge('source', content, path)).toEqual([]);
});

test.each([
  ['package.json', '{\n  "a": 1,\n}\n', 'error', 'source/syntax@3'],
  ['pyproject.toml', '[a\nb = 1\n', 'error', 'source/syntax@1'],
  ['pom.xml', '<project>\n<a></b>\n</project>\n', 'error', 'source/syntax@2'],
  ['main.js', 'f(1;\n', 'warning', 'source/syntax@1'],
  ['app.py', 'x = 1\ndef f(:\n  pass\n', 'warning', 'source/syntax@2'],
] as const)('tells where %s is broken', async (path, content, severity, found) => {
  expect(brief(await judge('source', content, path), severity)).toContain(found);
});
