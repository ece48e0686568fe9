import { bearer, judgeKey } from '../judge-key.ts';
import type { Call, Dialect, Reply, Route, Site } from '../protocol.ts';
import { readChat } from './chat.ts';
import { openaiError, openaiHeaders } from './errors.ts';
import { readResponses } from './responses.ts';

const modelList = (models: readonly string[], owner: string): Reply => ({
  status: 200,
  body: {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: owner })),
  },
});

function dialect(
  protocol: 'openai' | 'compatible',
  prefix: string,
  more: (path: string) => Route | null,
): Dialect {
  return {
    protocol,
    route({ method, path, headers }: Call, site: Site): Route | null {
      if (!path.startsWith(prefix)) return null;
      const rest = path.slice(prefix.length);
      if (method === 'GET' && rest === '/models') {
        // The address is Anthropic's too; its clients tell their version.
        if (headers['anthropic-version'] !== undefined) return null;
        const reply = (): Reply => modelList(site.models, protocol);
        return { kind: 'plain', endpoint: 'models', open: false, reply };
      }
      if (method !== 'POST') return null;
      if (rest === '/chat/completions') {
        return { kind: 'generate', read: (body) => readChat(protocol, body) };
      }
      return more(rest);
    },
    keySeen: ({ headers }, { key }) => judgeKey(bearer(headers), key),
    refuse: openaiError,
    headers: openaiHeaders,
  };
}

/** The OpenAI API. */
export const openai = dialect('openai', '/v1', (path) =>
  path === '/responses' ? { kind: 'generate', read: readResponses } : null,
);

/** What other servers copied of it, under an address of its own; a key only where one is set. */
export const compatible = dialect('compatible', '/compatible/v1', () => null);
