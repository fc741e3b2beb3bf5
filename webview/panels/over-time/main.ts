import type { OverTimeContract } from '../../../src/protocol/over-time.ts';
import { connect } from '../../lib/host.ts';
import { OverTimePanel } from './over-time-panel.ts';

new OverTimePanel(connect<OverTimeContract>());
