import { runApplication } from '@/bin/application';
import { runProgram } from '@/bin/program';

// The program behind `npm start`.

await runProgram((program) => runApplication(program, 'production'));
