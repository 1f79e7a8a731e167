/** Stand for what differs from event to event, in their real length. */
export const placeholders = {
  event: '00000000-0000-4000-8000-00000000e4e7',
  run: '00000000-0000-4000-8000-0000000000f1',
  request: '00000000-0000-4000-8000-0000000004e9',
} as const;

/** A record as the product stores them: canonical JSON of {@link recordBytes}, here of a scan that was started. */
export const record = JSON.stringify({
  action: 'scan.start',
  actor: {
    email: 'alice@acme.example',
    id: '6f1c9a52-3f4e-4a81-8b1f-3d0f3cc0d1bb',
    name: 'Alice Fox',
    role: 'admin',
    type: 'user',
  },
  context: {
    ip: '203.0.113.24',
    origin: 'console',
    request_id: placeholders.request,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
  },
  id: placeholders.event,
  metadata: { run_id: placeholders.run, trigger: 'manual' },
  organization: { id: '0b5f2c1e-7f3a-4d7e-9a55-3d0f3cc0d1aa', name: 'Bench', slug: 'bench' },
  outcome: 'success',
  targets: [{ id: 'c2a7b8e4-5d6f-4a1b-9c3d-7e8f90a1b2c3', name: 'production', type: 'scan' }],
  time: '2026-11-24T09:30:00.123Z',
});

/** About 600. */
export const recordBytes = Buffer.byteLength(record);
