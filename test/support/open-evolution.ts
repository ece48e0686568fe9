import type { ConfigChange } from '#shared/config.ts';
import { gradedAnswer } from '#test/stand-ins/answers/graded.ts';
import { manyServices, standInApp } from './stand-in-app.ts';

/** Who is asked is worse, and asked too warmly; the other is better and not in force. */
const grades = { openai: { right: 0.45, bestAt: 0 }, anthropic: { right: 0.95, bestAt: 0.4 } };

/** The app over providers of known quality, a worse one in force, and a project of services to try ways of asking on. */
export async function openEvolution(change: ConfigChange = {}) {
  const app = await standInApp(
    { answer: gradedAnswer(grades, 3) },
    {
      ...{ GEMINI_API_KEY: '', WATSONX_API_KEY: '', OMEGA_PROVIDERS_COMPATIBLE_URL: '' },
      ...{ OMEGA_PROVIDERS_REPAIR_ROUNDS: undefined },
    },
  );
  const { call, standIn } = app;
  await call('project.add', { root: manyServices(12) });
  await call('config.set', {
    ...change,
    ...{ 'providers.use': 'openai', 'providers.temperature': 0.8, 'providers.repairRounds': 0 },
  });
  const evolve = () => call('loop.run', { type: 'evolutionary' });
  const settings = async () => (await call('config.get', {})).config.providers;
  const asked = () => standIn.log.calls.length;
  return { ...app, evolve, settings, asked };
}
