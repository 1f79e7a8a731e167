import { answerHeaders } from '@/lib/api/answer-headers';
import { defineRoute } from '@/lib/api/define-route';
import { openApiDocument } from '@/lib/api/openapi';
import { uuidV7 } from '@/lib/audit/uuid-v7';

/** It never changes while the process lives. */
const document = JSON.stringify(openApiDocument());

/** What the API takes and answers. Anybody may read it: it says nothing about an organization. */
async function get(): Promise<Response> {
  const headers = answerHeaders(uuidV7(new Date()));
  headers.set('content-type', 'application/json');
  return new Response(document, { headers });
}

export const dynamic = 'force-dynamic';
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get });
