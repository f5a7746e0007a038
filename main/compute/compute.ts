/** Entry of the compute process, which owns all heavy work. Forked by main through a ComputeHost. */
import { openChannel } from './channel.ts';
import { createHandlers } from './handlers/handlers.ts';
import { serve } from './serve.ts';

serve(createHandlers(), openChannel());
