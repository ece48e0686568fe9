import { runWebProcess } from '#main/doors/web/web-process.ts';
import { StandInApi } from '../stand-in-api.ts';

/** The browser door as a process of its own, as main.ts runs it, over the stand-in api. */
const api = new StandInApi();
api.dispose = async () => {
  process.stderr.write('disposed\n');
};
await runWebProcess({ pageFolder: '/none', openApi: async () => api });
