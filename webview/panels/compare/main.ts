import type { CompareContract } from '../../../src/protocol/compare.ts';
import { connect } from '../../lib/host.ts';
import { ComparePanel } from './compare-panel.ts';

new ComparePanel(connect<CompareContract>());
