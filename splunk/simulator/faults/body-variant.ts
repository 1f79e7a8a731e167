import { type Answer, hecAnswer, htmlAnswer } from '@/splunk/simulator/answer';
import type { FaultOf } from '@/splunk/simulator/faults/fault';

type Variant = FaultOf<'bodyVariant'>['variant'];

const hugeBytes = 1024 * 1024;

/** An answer as other receivers, proxies and releases word it. Status and meaning stay those of `answer`. */
export function bodyVariant(answer: Answer, variant: Variant): Answer {
  const { body } = answer;
  switch (variant) {
    case 'spaces':
      return { ...answer, body: body.replaceAll('":', '": ').replaceAll(',"', ', "') };
    case 'ok':
      return { ...answer, body: '"OK"', code: null };
    case 'empty':
      return { ...answer, body: '', code: null };
    case 'htmlError':
      return answer.status < 400 ? answer : htmlAnswer(answer.status, 'Error');
    case 'unknownCode':
      return { ...answer, body: body.replace(/"code":\d+/, '"code":99'), code: 99 };
    case 'codeAsText':
      return { ...answer, body: body.replace(/"code":(\d+)/, '"code":"$1"') };
    case 'noText':
      return { ...answer, body: body.replace(/"text":"[^"]*",/, '') };
    case 'byteOrderMark':
      return { ...answer, body: `\uFEFF${body}` };
    case 'huge':
      return { ...answer, body: body.replace(/"text":"[^"]*"/, `"text":"${'x'.repeat(hugeBytes)}"`) };
  }
}

/** What is bent when the fault names a status of its own: Splunk's commonest answer with it. */
export function plainAnswer(status: number): Answer {
  if (status < 400) return hecAnswer(0, { status });
  if (status < 500) return hecAnswer(6, { status });
  return hecAnswer(8, { status });
}
