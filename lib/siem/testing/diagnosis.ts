import type { TlsOptions } from 'node:tls';
import { httpServer } from '@/lib/net/testing/loopback-server';
import { pem } from '@/lib/net/testing/tls-files';
import type { TlsTrust } from '@/lib/net/tls-trust';
import type { Connection } from '@/lib/siem/integrations/connection';
import type { TestOptions } from '@/lib/siem/integrations/test-connection';
import type { StepName } from '@/lib/siem/integrations/test-steps';
import { startSplunk } from '@/lib/siem/testing/stage';
import type { ScriptedAnswer } from '@/splunk/simulator/scripted-answers';
import type { Simulator } from '@/splunk/simulator/simulator';

/** What is connected to, and how; `a-token-of-a-test` and no index unless said. */
export type Staged = Partial<Omit<Connection, 'eventUrl' | 'warnings'>> & TestOptions & { url: string };

/** A row of hec.md §4.2: how to meet it, and what is told of it. */
export type Row = {
  row: number;
  stage: () => Promise<Staged>;
  message: RegExp;
  cure: RegExp;
  /** Absent where the test passes. */
  field?: 'hecUrl' | 'hecToken' | 'index' | 'form';
  failed?: StepName;
};

/** Every name is this machine. */
export const lookup = async () => [{ address: '127.0.0.1', family: 4 }];

/** A name server that answers with this code. */
export function failing(code: string) {
  return async () => {
    throw Object.assign(new Error('getaddrinfo'), { code });
  };
}

/** The simulator, changed. */
export async function splunk(
  change: (splunk: Simulator) => Partial<Staged> | undefined = () => undefined,
): Promise<Staged> {
  const running = await startSplunk();
  return { url: running.url, token: running.token, index: 'audit', ...change(running) };
}

/** The simulator with one answer of this kind. */
export const answering = (answer: ScriptedAnswer) => () =>
  splunk((running) => {
    running.answerNext(answer);
    return undefined;
  });
export const hec = (status: number, code: number, more: object = {}) =>
  answering({ status, body: { text: 'As Splunk says it', code, ...more } });
export const page = (status: number, server?: string) =>
  answering({
    status,
    body: '<!doctype html><html><body>Hello</body></html>',
    headers: { 'Content-Type': 'text/html', ...(server && { Server: server }) },
  });

/** The authority of the test certificates. */
export const ca: TlsTrust = { kind: 'ca', pem: pem('ca') };

/** Something that speaks TLS as splunk.test with this certificate. */
export function secure(name: Parameters<typeof pem>[0], options: TlsOptions = {}, trust?: TlsTrust) {
  return async (): Promise<Staged> => {
    const identity = { key: pem(name), cert: pem(name), ...options };
    const { port } = await httpServer((_, response) => response.end('{"text":"Success","code":0}'), identity);
    return { url: `https://splunk.test:${port}`, lookup, ...(trust && { trust }) };
  };
}
