import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { StandIn } from '#test/stand-ins/server.ts';

// No SDK has a watsonx client: the shapes are those of IBM's reference, "Text chat" and "IAM tokens".
let standIn: StandIn;
beforeEach(async () => {
  standIn = await StandIn.start({ answer: () => 'Hello from Granite.' });
});
afterEach(() => standIn.close());

const version = 'version=2025-02-11';
const asked = {
  model_id: 'ibm/granite-3-8b-instruct',
  project_id: 'c0ffee00-0000-4000-8000-000000000000',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Say hello.' }] },
  ],
  temperature: 0.3,
  max_tokens: 40,
};

function token(apikey: string): Promise<Response> {
  const grant_type = 'urn:ibm:params:oauth:grant-type:apikey';
  const body = new URLSearchParams({ grant_type, apikey });
  return fetch(`${standIn.url}/identity/token`, { method: 'POST', body });
}

async function post(path: string, body: unknown, bearer?: string): Promise<Response> {
  const access = bearer ?? ((await (await token(standInKey)).json()) as Token).access_token;
  return fetch(`${standIn.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${access}` },
    body: JSON.stringify(body),
  });
}

type Token = { readonly access_token: string; readonly expires_in: number };

describe('watsonx', () => {
  it('gives a token for the key, in form encoding', async () => {
    const answer = (await (await token(standInKey)).json()) as Token;
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 });
    const wrong = await token('wrong-key');
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ errorCode: 'BXNIM0415E' });
    const grants = { method: 'POST', body: JSON.stringify({ apikey: standInKey }) };
    expect((await fetch(`${standIn.url}/identity/token`, grants)).status).toBe(400);
  });

  it('answers a chat with choices and usage', async () => {
    const answer = await post(`/ml/v1/text/chat?${version}`, asked);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      model_id: asked.model_id,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello from Granite.' },
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 6, completion_tokens: 5, total_tokens: 11 },
    });
    expect(standIn.log.calls[0]?.request).toMatchObject({
      endpoint: 'chat',
      system: 'Be brief.',
      prompt: 'Say hello.',
      temperature: 0.3,
      maxTokens: 40,
    });
  });

  it('streams a chat as numbered message events, usage in the last', async () => {
    const answer = await post(`/ml/v1/text/chat_stream?${version}`, asked);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const events = (await answer.text()).trimEnd().split('\n\n');
    expect(events.map((event) => event.split('\n').slice(0, 2))).toEqual(
      events.map((_, index) => [`id: ${index + 1}`, 'event: message']),
    );
    const data = events.map((event) => JSON.parse(event.split('\n')[2]?.slice(6) ?? ''));
    expect(
      data.flatMap(({ choices }) => choices.map((one: Choice) => one.delta.content)).join(''),
    ).toBe('Hello from Granite.');
    expect(data.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 11 } });
  });

  it('refuses a token that has expired, and takes the next', async () => {
    standIn.behave({ tokenSeconds: 0.05 });
    const { access_token } = (await (await token(standInKey)).json()) as Token;
    await expect
      .poll(async () => (await post(`/ml/v1/text/chat?${version}`, asked, access_token)).status)
      .toBe(401);
    standIn.behave({ tokenSeconds: 60 });
    expect((await post(`/ml/v1/text/chat?${version}`, asked)).status).toBe(200);
    const expired = await post(`/ml/v1/text/chat?${version}`, asked, access_token);
    expect(await expired.json()).toMatchObject({
      errors: [{ code: 'authentication_token_expired' }],
      status_code: 401,
    });
  });

  it.each([
    ['no version', '/ml/v1/text/chat', asked, 400],
    ['no project', `/ml/v1/text/chat?${version}`, { ...asked, project_id: undefined }, 400],
    ['no such model', `/ml/v1/text/chat?${version}`, { ...asked, model_id: 'ibm/none' }, 404],
  ])('refuses: %s', async (_, path, body, status) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ errors: [{}], status_code: status });
  });

  it('lists its models to anyone', async () => {
    const list = await fetch(`${standIn.url}/ml/v1/foundation_model_specs?${version}`);
    const { resources } = (await list.json()) as { resources: readonly { model_id: string }[] };
    expect(resources.map(({ model_id }) => model_id)).toEqual(standIn.behaviour.models.watsonx);
  });
});

type Choice = { readonly delta: { readonly content: string } };
