/** Channel on which the preload sends calls; apart from wire.ts so that the preload needs no zod. */
export const callChannel = 'omega:call';

/** Channel on which the shell sends batches of events. */
export const eventsChannel = 'omega:events';

/** The one route that the desktop shell answers itself: the system's folder picker. */
export const pickFolderRoute = 'desktop.pickFolder';
