import { runApplication } from '@/bin/application';
import { runProgram } from '@/bin/program';

// The program behind `npm run dev`.

await runProgram((program) => runApplication(program, 'development'));
