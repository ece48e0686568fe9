import express from 'express';
import { page } from './page.js';

const port = Number(process.env.PORT ?? 3000);
const apiUrl = process.env.API_URL;
if (!apiUrl) throw new Error('Set API_URL to the address of the api service.');

const app = express();
app.use(express.urlencoded({ extended: false, limit: '10kb' }));

app.get('/healthz', (_request, response) => {
  response.json({ status: 'ok' });
});

app.get('/', async (_request, response) => {
  const answer = await fetch(new URL('/links', apiUrl));
  response.status(answer.ok ? 200 : 502).send(page(answer.ok ? await answer.json() : []));
});

app.post('/links', async (request, response) => {
  await fetch(new URL('/links', apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: request.body.url }),
  });
  response.redirect(303, '/');
});

const server = app.listen(port, () => console.log(`web listens on ${port}`));
process.on('SIGTERM', () => server.close());
