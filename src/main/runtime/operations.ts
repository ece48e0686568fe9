/** Parts of the runtime that calls go to. */
export type Served = 'memory' | 'agentdb' | 'loops' | 'meta-sona';

/** What a call does, by the name of the api's method: to which part it goes, and whether it writes. */
export type Operation = {
  readonly name: string;
  readonly subsystem: Served;
  readonly writes: boolean;
};

function operation(name: string, subsystem: Served, writes = false): Operation {
  return { name, subsystem, writes };
}

/** Every guarded call of the api. */
export const operations = {
  storeMemory: operation('storeMemory', 'memory', true),
  storeMemories: operation('storeMemories', 'memory', true),
  queryMemories: operation('queryMemories', 'memory'),
  getMemory: operation('getMemory', 'memory'),
  updateMemory: operation('updateMemory', 'memory', true),
  deleteMemory: operation('deleteMemory', 'memory', true),
  consolidate: operation('consolidate', 'memory', true),
  memorySizes: operation('memorySizes', 'memory'),
  storeVector: operation('storeVector', 'agentdb', true),
  searchVectors: operation('searchVectors', 'agentdb'),
  getVector: operation('getVector', 'agentdb'),
  deleteVector: operation('deleteVector', 'agentdb', true),
  listCollections: operation('listCollections', 'agentdb'),
  storeEpisode: operation('storeEpisode', 'agentdb', true),
  recallEpisodes: operation('recallEpisodes', 'agentdb'),
  analyzeEpisodes: operation('analyzeEpisodes', 'agentdb'),
  createSkill: operation('createSkill', 'agentdb', true),
  searchSkills: operation('searchSkills', 'agentdb'),
  recordSkillUse: operation('recordSkillUse', 'agentdb', true),
  getSkill: operation('getSkill', 'agentdb'),
  listSkills: operation('listSkills', 'agentdb'),
  addCausalEdge: operation('addCausalEdge', 'agentdb', true),
  causalEffects: operation('causalEffects', 'agentdb'),
  causalPath: operation('causalPath', 'agentdb'),
  executeLoopCycle: operation('executeLoopCycle', 'loops', true),
  createIntelligence: operation('createIntelligence', 'meta-sona', true),
  listIntelligences: operation('listIntelligences', 'meta-sona'),
  showIntelligence: operation('showIntelligence', 'meta-sona'),
  applyIntelligence: operation('applyIntelligence', 'meta-sona', true),
  rollbackIntelligence: operation('rollbackIntelligence', 'meta-sona', true),
  compareIntelligences: operation('compareIntelligences', 'meta-sona'),
  cancelIntelligence: operation('cancelIntelligence', 'meta-sona'),
  listLoops: operation('listLoops', 'loops'),
  loopHistory: operation('loopHistory', 'loops'),
  cancelLoopCycle: operation('cancelLoopCycle', 'loops'),
  revertLoopAction: operation('revertLoopAction', 'loops', true),
} as const satisfies Record<string, Operation>;
