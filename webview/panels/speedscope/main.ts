import type { SpeedscopeContract } from '../../../src/protocol/speedscope.ts';
import { connect } from '../../lib/host.ts';
import { SpeedscopePanel } from './speedscope-panel.ts';

// The folder of speedscope's files is beside this script.
const { src } = document.currentScript as HTMLScriptElement;
new SpeedscopePanel(connect<SpeedscopeContract>(), new URL('speedscope/', src));
