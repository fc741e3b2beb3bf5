import type { FlameGraphContract } from '../../../src/protocol/flame-graph.ts';
import { connect } from '../../lib/host.ts';
import { FlamePanel } from './flame-panel.ts';

new FlamePanel(connect<FlameGraphContract>());
