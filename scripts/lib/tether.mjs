// Loaded into the server with --import: when the process that started it is gone, even by SIGKILL,
// its end of the channel closes, and the server is told to end as well.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
