import { database } from '@/faults/processes/database';
import { mixtures } from '@/faults/processes/mixtures';
import { useWorld } from '@/faults/rig/world';

// What is committed survives a crash of PostgreSQL, as on a production machine.
const world = useWorld({ instances: 2, durable: true });

database(world);
mixtures(world);
