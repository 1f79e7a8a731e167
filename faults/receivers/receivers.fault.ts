import { changes } from '@/faults/receivers/changes';
import { deadNeighbours } from '@/faults/receivers/dead-neighbours';
import { links } from '@/faults/receivers/links';
import { refusedEvents } from '@/faults/receivers/refused-events';
import { settings } from '@/faults/receivers/settings';
import { wrongAnswers } from '@/faults/receivers/wrong-answers';
import { useWorld } from '@/faults/rig/world';

// Two servers and some sixty organizations, each with its own trouble, which is none of the others'.
const world = useWorld({ instances: 2 });

wrongAnswers(world);
links(world);
settings(world);
refusedEvents(world);
changes(world);
deadNeighbours(world);
