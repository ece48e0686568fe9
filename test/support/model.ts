import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Where set-up puts the models. */
export const modelsFolder = join(root, 'resources', 'models');
/** What a compute process runs, unbuilt. */
export const computeEntry = join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts');
/** False where set-up could not fetch the model; tests that need it are then skipped. */
export const hasModel = existsSync(join(modelsFolder, 'all-MiniLM-L6-v2', 'model_q4.onnx_data'));
/** The title of such tests: it says why they are skipped. */
export const needsModel = hasModel ? 'with the model' : 'skipped: the model could not be fetched';
