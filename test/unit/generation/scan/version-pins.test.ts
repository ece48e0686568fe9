import { expect, test } from 'vitest';
import { scanFiles } from './support/scan.ts';

const gemfile = { 'app/Gemfile': 'gem "rack"\nruby "3.0"\n', 'app/config.ru': 'run App\n' };

test('the nearest pin counts: own file, asdf, mise; each with its line', async () => {
  const cases: readonly (readonly [Record<string, string>, string, string, number])[] = [
    [
      { 'app/.ruby-version': 'ruby-3.2.2\n', '.tool-versions': 'ruby 3.1.0\n' },
      '3.2',
      'app/.ruby-version',
      1,
    ],
    [{ '.tool-versions': 'nodejs 20.1.0\nruby 3.1.4\n' }, '3.1', '.tool-versions', 2],
    [{ 'mise.toml': '[tools]\nruby = "3.3"\n' }, '3.3', 'mise.toml', 2],
    [{}, '3.0', 'app/Gemfile', 2],
  ];
  for (const [files, version, file, line] of cases) {
    const { services } = await scanFiles({ ...gemfile, ...files });
    expect(services[0]?.runtimeVersion).toBe(version);
    expect(services[0]?.evidence).toContainEqual({
      fact: 'runtimeVersion',
      value: version,
      file,
      line,
    });
  }
});

test('a Java pin is reduced to its release, and is passed over where the build needs a newer one', async () => {
  const project = (release: string) => ({
    'pom.xml': `<project><groupId>a</groupId><artifactId>x</artifactId><version>1</version><properties><maven.compiler.release>${release}</maven.compiler.release></properties></project>`,
    '.sdkmanrc': 'java=17.0.9-tem\n',
  });
  expect((await scanFiles(project('11'))).services[0]?.runtimeVersion).toBe('17');
  expect((await scanFiles(project('21'))).services[0]?.runtimeVersion).toBe('21');
  const old = { ...project('1.8'), '.sdkmanrc': '' };
  expect((await scanFiles(old)).services[0]?.runtimeVersion).toBe('8');
});
