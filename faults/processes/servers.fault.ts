import { instances } from '@/faults/processes/instances';
import { kills } from '@/faults/processes/kills';
import { useWorld } from '@/faults/rig/world';

const world = useWorld({ instances: 3 });

kills(world);
instances(world);
