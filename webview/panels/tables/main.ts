import type { TablesContract } from '../../../src/protocol/tables.ts';
import { connect } from '../../lib/host.ts';
import { TablesPanel } from './tables-panel.ts';

new TablesPanel(connect<TablesContract>());
