import { z } from 'zod';
import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { getCatalogSpec } from '@/lib/api/endpoints/audit-events';
import { auditActions, catalog } from '@/lib/audit/catalog';

const get = defineEndpoint(getCatalogSpec, async () => ({
  data: auditActions.map((action) => {
    const { group, label, description, target, extension = false, metadata } = catalog[action];
    return { action, group, label, description, target, extension, metadata: z.toJSONSchema(metadata) };
  }),
}));

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get });
