import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RouteHandler, specOf } from '@/lib/api/define-endpoint';
import { methods } from '@/lib/api/endpoint';
import { openApiDocument } from '@/lib/api/openapi';
import { specification } from '@/lib/api/specification';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
  // What answers 404 to everything else.
  .filter((file) => !file.startsWith('[...path]'));

/** "audit-events/[id]/route.ts" is the address /audit-events/{id}. */
const addressOf = (file: string) => `/${path.dirname(file)}`.replaceAll('[', '{').replaceAll(']', '}');

const document = openApiDocument();

test('the document and the route files name the same addresses', () => {
  expect(Object.keys(document.paths).sort()).toEqual(files.map(addressOf).sort());
});

test.each(files)('%s answers exactly the methods that are documented for it', async (file) => {
  const module: Record<string, RouteHandler> = await import(
    /* @vite-ignore */ path.join(import.meta.dirname, file)
  );
  const address = addressOf(file);
  const documented = Object.keys(document.paths[address] ?? {}).map((method) => method.toUpperCase());
  const url = `http://localhost:3000/api/v1${address}`;
  const options = await module.OPTIONS?.(new Request(url), { params: Promise.resolve({}) });
  const allowed = options?.headers.get('allow')?.split(', ') ?? [];
  expect(allowed.filter((method) => documented.includes(method))).toEqual(
    methods.filter((method) => documented.includes(method)),
  );
  for (const method of methods) {
    const handler = module[method];
    if (!handler) throw new Error(`${file} does not export ${method}`);
    if (documented.includes(method)) {
      const spec = specification.find((entry) => entry.path === address && entry.method === method);
      expect(specOf(handler)).toBe(spec);
      continue;
    }
    const response = await handler(new Request(url, { method }), { params: Promise.resolve({}) });
    expect(response.status, method).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed.join(', '));
    expect(await response.json()).toMatchObject({ type: 'urn:tracekeep:problem:method-not-allowed' });
  }
});

describe('the document', () => {
  const text = JSON.stringify(document);
  const operations = Object.entries(document.paths).flatMap(([address, item]) =>
    Object.entries(item).map(([method, operation]) => ({ address, method, operation })),
  );

  test('names each operation once and declares every parameter of its address', () => {
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(operations.length);
    for (const { address, operation } of operations) {
      const inAddress = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = [...JSON.stringify(operation).matchAll(/"name":"(\w+)","in":"path"/g)].map(
        ([, name]) => name,
      );
      expect(declared, address).toEqual(inAddress);
    }
  });

  test('refers only to schemas that it has, and to none of zod’s making', () => {
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer]) => pointer);
    expect(referred.length).toBeGreaterThan(10);
    const own = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...new Set(referred)].sort()).toEqual(own.sort());
    expect(text).not.toContain('$defs');
    expect(text).not.toContain('$schema');
  });

  test('tells each call’s scope, and the refusals that it may meet', () => {
    for (const { path: address, method, scope } of specification) {
      const operation = document.paths[address]?.[method.toLowerCase()];
      expect(operation).toMatchObject({
        security: [{ key: [scope] }],
        responses: { 400: {}, 401: {}, 403: {}, 429: {}, 500: {} },
      });
    }
  });
});
