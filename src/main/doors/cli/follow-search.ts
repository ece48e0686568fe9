import type { OmegaEvent } from '#shared/contract.ts';
import type { Intelligence, IntelligenceSpecInput } from '#shared/intelligence.ts';
import { numberText } from '#shared/number-text.ts';
import type { Session } from './session.ts';

/** Searches until it is over, with what was measured so far on a terminal; Ctrl-C ends the search. */
export async function followSearch(
  session: Session,
  spec: IntelligenceSpecInput,
): Promise<Intelligence> {
  const { stderr } = process;
  const clear = (): void => {
    if (stderr.isTTY) stderr.write('\r\u001b[2K');
  };
  const stop = session.listen((event: OmegaEvent) => {
    if (event.type !== 'intelligence.searched' || !stderr.isTTY) return;
    const { evaluations, best } = event;
    clear();
    stderr.write(
      `measured ${evaluations} settings${best === null ? '' : `, the best so far: ${numberText(best)}`}`,
    );
  });
  try {
    return await session.call('intelligence.create', spec);
  } finally {
    stop();
    clear();
  }
}
