import { expect, test } from 'vitest';
import { planCommand } from '#main/doors/cli/loop-text.ts';

// Catches a command that a shell takes apart, or runs.
test('the command of a plan is of words that a shell leaves alone', () => {
  const plan = {
    kinds: ['compose', 'helm'],
    services: ['web', 'a b'],
    existing: 'improve',
  } as const;
  const { kinds, services, existing } = plan;
  const command = planCommand({
    ...{ root: "/it's/$(shop)", existing },
    ...{ kinds: [...kinds], services: [...services] },
  });
  expect(command).toBe(
    "omega generate '/it'\\''s/$(shop)' --artifacts compose,helm --services 'web,a b' --existing improve",
  );
});
