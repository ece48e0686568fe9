import { expect, test } from 'vitest';
import { brief, judge } from './expect-findings.ts';

test.each([
  ['main.ts', 'const a = <T,>(b: T): T => b satisfies T;\n@d class X { #y = 1 }\n'],
  ['page.tsx', 'export default () => <p>{1}</p>;\n'],
  [
    'a.service.ts',
    'class A { constructor(@Inject() private readonly b: B) {} }\n@e()\nexport class D {}\n',
  ],
  ['shims.d.ts', "declare module '*.vue' {\n  const a: string;\n  export default a;\n}\n"],
  ['flow.js', 'type A = {| b: ?string |};\nexport default (a: A) => <p>{a.b}</p>;\n'],
  ['test.py', 'with (\n    open("a") as a,\n    open("b") as b,\n):\n    pass\n'],
  [
    'layout.py',
    '# a\nclass A:\n    # b\n    x = 1; y = 2\n  # c\n\n    def f(self): pass\n\ntry:\n\tz = (1,\n  2)\nexcept* E:\n\tpass\nfinally: pass\n',
  ],
  ['B.java', 'class B { Object c = f(int.class, D::new); }\n'],
  [
    'A.cs',
    `#if NET8
class A<T> : B {
#else
class A : B {
#endif
  int[] b = [1, ..c]; char d = '\\u0041', e = '"';
  string f = $"{(g ? $"a {h}" : "}")} {{ {i:N2}", j = @"\\""k", l = $"""{m}"""";
}
`,
  ],
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
  ['main.js', 'f(1;\n', 'error', 'source/syntax@1'],
  ['main.ts', 'const a = 1;\nconst a = 2;\n', 'error', 'source/syntax@2'],
  ['app.py', 'x = 1\ndef f(:\n  pass\n', 'error', 'source/syntax@2'],
  ['A.java', 'class A {\n  int b = 1\n}\n', 'error', 'source/syntax@2'],
  ['main.go', 'package main\n\nfunc main() {\n  a := [1, 2]\n}\n', 'error', 'source/syntax@4'],
  ['main.go', 'func main() {}\n', 'error', 'source/syntax@1'],
  ['main.go', 'package main\n\na := 1\n', 'error', 'source/syntax@3'],
  // The grammar passes over Python's columns.
  ['app.py', 'a = 1\n  b = 2\n', 'error', 'source/syntax@2'],
  ['app.py', 'def f():\n    # nothing\n\nx = 1\n', 'error', 'source/syntax@1'],
  ['app.py', 'if a:\n    b\n\tc\n', 'error', 'source/syntax@3'],
  ['app.py', 'try:\n    a\nb\n', 'error', 'source/syntax@1'],
  ['F.cs', 'class A { }\n<<<<<<< HEAD\n', 'error', 'source/syntax@2'],
  ['G.cs', 'class A { }\n```\n', 'error', 'source/syntax@2'],
  ['a.js', '['.repeat(100_000), 'error', 'source/syntax@1'],
  ['A.cs', 'class A {\n  string b = "c;\n}\n', 'error', 'source/syntax@2'],
  ['B.cs', 'class A {\n  int b = f(1];\n}\n', 'error', 'source/syntax@2'],
  ['C.cs', '#if X\nclass A { }\n', 'error', 'source/syntax@1'],
  ['D.cs', '/* class A { }\n', 'error', 'source/syntax@1'],
  ['E.cs', '$"{'.repeat(50_000), 'error', 'source/syntax@1'],
] as const)('tells where %s is broken', async (path, content, severity, found) => {
  expect(brief(await judge('source', content, path), severity)).toContain(found);
});
