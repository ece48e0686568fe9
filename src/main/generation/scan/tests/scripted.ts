import { readJson } from '../formats/parse.ts';
import { at, text } from '../formats/values.ts';
import { fileBelow, lineOf, type TestFinder } from './test-finder.ts';

/** Tests of Ruby, PHP and Elixir, by the files that their runners look for. */
export const scriptedTests: TestFinder = async (draft, tree) => {
  if (draft.language === 'ruby') {
    const spec = fileBelow(draft, tree, /^spec\/.+_spec\.rb$/);
    if (spec) return { command: 'bundle exec rspec', at: spec };
    const test = fileBelow(draft, tree, /^test\/.+_test\.rb$/);
    if (test === null) return null;
    const rails = tree.firstIn(draft.path, ['bin/rails']) !== null;
    return { command: rails ? 'bin/rails test' : 'bundle exec rake test', at: test };
  }
  if (draft.language === 'elixir') {
    const test = fileBelow(draft, tree, /^test\/.+_test\.exs$/);
    return test && { command: 'mix test', at: test };
  }
  const composer = tree.firstIn(draft.path, ['composer.json']);
  const scripts = composer === null ? null : at(await readJson(tree, composer), 'scripts');
  const written = at(scripts, 'test');
  if (composer !== null && (text(written) !== null || Array.isArray(written))) {
    const line = lineOf((await tree.read(composer)) ?? '', /"test"\s*:/);
    return { command: 'composer test', at: { file: composer, line } };
  }
  const config = tree.firstIn(draft.path, ['phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml']);
  if (config === null) return null;
  const artisan = tree.firstIn(draft.path, ['artisan']) !== null;
  return {
    command: artisan ? 'php artisan test' : 'vendor/bin/phpunit',
    at: { file: config, line: 1 },
  };
};
