/** Entry of the compute process, which owns all heavy work. Forked by main through a ComputeHost. */
import { processorThreads } from '../devices/processor-threads.ts';
import { openChannel } from './channel.ts';
import { createHandlers } from './handlers/handlers.ts';
import { serve } from './serve.ts';

// To count cores takes a quarter of a second, which passes while the first picture is read.
void processorThreads();
serve(createHandlers(), openChannel());
