import { describe, it } from 'vitest';
import { providerSettingsProofs } from './settings-proofs.ts';

describe('what is set as providers', () => {
  it.each(Object.entries(providerSettingsProofs))(
    '%s has its effect, and so has a change',
    (_, proof) => proof(),
  );
});
