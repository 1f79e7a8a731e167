import { HecClients } from '@/lib/siem/delivery/clients';
import { drain } from '@/lib/siem/delivery/drain';

// A sender in a process of its own, so that a test can kill or freeze it: drain-process.ts <integration id> <lease ms>.
const [, , integrationId = '', leaseMs = ''] = process.argv;
const end = await drain(integrationId, {
  owner: `process ${process.pid}`,
  clients: new HecClients(),
  leaseMs: Number(leaseMs),
});
process.stdout.write(end);
process.exit(0);
