import { describe, expect, it } from 'vitest';
import type { OwnWords } from '#main/generation/memory/own-words.ts';
import { forService, generalPlace, generalWriting } from '#main/generation/memory/templates.ts';

const orders: OwnWords = {
  name: 'orders',
  path: 'services/orders',
  port: '3000',
  words: ['orders', 'services/orders', 'dist/orders.js', '3000', 'payments'],
};

describe('a line that an edit wrote', () => {
  it.each([
    ['app: orders', 'app: {{omega.name}}'],
    ['COPY services/orders ./', 'COPY {{omega.path}} ./'],
    ['EXPOSE 3000/tcp', 'EXPOSE {{omega.port}}/tcp'],
    ['- "3000:3000"', '- "{{omega.port}}:{{omega.port}}"'],
    ['image: orders:1.0', 'image: {{omega.name}}:1.0'],
  ])('has marks for what stands alone: %s', (line, text) => {
    expect(generalWriting(line, orders)).toEqual({ text, needs: [] });
  });

  it.each([
    ['host: orders-db', 'orders'],
    ['ENV ORDERS_URL=x', 'orders'],
    ['image: acme/orders', 'orders'],
    ['host: orders.internal', 'orders'],
    ['call: reorderservice', 'orders'],
    ['call: order', null],
    ['user: preorders', 'orders'],
    ['url: http://payments:80', 'payments'],
    ['cpu: 13000m', null],
    ['at: 3000.5', '3000'],
  ])('keeps to its service for what is part of something else: %s', (line, word) => {
    expect(generalWriting(line, orders)).toEqual({ text: line, needs: word ? [word] : [] });
  });

  it('comes out in another service’s words, or not at all', () => {
    const billing = { ...orders, name: 'billing', path: null, port: '4100' };
    expect(forService('{{omega.name}}:{{omega.port}}', billing)).toBe('billing:4100');
    expect(forService('COPY {{omega.path}} .', billing)).toBeNull();
  });
});

it('a line that tells the place has marks within other names too', () => {
  expect(generalPlace('secretName: orders-tls', orders)).toBe('secretName: {{omega.name}}-tls');
  expect(generalPlace('name: preorders', orders)).toBe('name: preorders');
});
