import { quote } from '../report.ts';
import type { Context } from './context.ts';
import { providerOf } from './module.ts';
import { isBareSecret, judgePower, secretsOf } from './rules-access.ts';
import { judgeNetwork } from './rules-network.ts';
import { judgeStorage } from './rules-storage.ts';
import { providerSchema } from './schema.ts';

const secretPage = '/manage-sensitive-data';

/** What Terraform would do without a word, and one would rather not have done. */
export async function judgeSafety({ file, module, say }: Context): Promise<void> {
  for (const block of file.hcl.body.blocks) {
    for (const { verdict, name, line } of secretsOf(block)) {
      const message = `${quote(name)} stands here for everyone who reads the file, and in the state. Take it from a secret store, or from a sensitive variable.`;
      say('plain-secret', verdict === 'certain' ? 'error' : 'warning', line, message, secretPage);
    }
    if (isBareSecret(block)) {
      const message = `${quote(block.labels[0] ?? '')} sounds like a secret, and would be printed in plans. Set sensitive = true.`;
      say(
        'not-sensitive',
        'warning',
        block.line,
        message,
        `${secretPage}#hide-sensitive-variables-and-outputs`,
      );
    }
    if (block.name !== 'resource' && block.name !== 'data') continue;
    const risks = [...judgeNetwork(block), ...judgeStorage(block), ...judgePower(block)];
    if (risks.length === 0) continue;
    const provider = providerOf(block);
    const schema = await providerSchema(
      module.required.get(provider)?.address ?? `hashicorp/${provider}`,
    );
    const url = schema?.url(block.name, block.labels[0] ?? '') ?? '/resources';
    for (const { rule, line, message } of risks) say(rule, 'warning', line, message, url);
  }
}
