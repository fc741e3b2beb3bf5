import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FlameColours, flameColours, HUES, seenGroups } from '../../../src/core/profile/flame-colours.ts';
import { FRAME_KINDS, NONE } from '../../../src/core/profile/profile.ts';
import { drawnFlameTree } from '../../support/drawn-flame-tree.ts';

describe('flameColours', () => {
  const tree = drawnFlameTree(`
    #w  50    49      1
        main  main    main
        hot   k!read  warm
  `);
  const label = (colouring: 'module' | 'kind' | 'heat', name: string) => {
    const { swatch, legend } = flameColours(tree, colouring);
    return legend[swatch[tree.functions.name.indexOf(name)]].label;
  };

  it('tells modules apart, the most expensive first', () => {
    assert.equal(label('module', 'hot'), 'program');
    assert.equal(label('module', 'read'), '[kernel.kallsyms]');
    assert.deepEqual(
      flameColours(tree, 'module').legend.map(({ colour }) => colour),
      [{ hue: 0 }, { hue: 1 }],
    );
  });

  it('leaves a module its colour in what is shown after, or together with, something else', () => {
    const seen = seenGroups({ by: 'module', names: [] });
    flameColours(tree, 'module', seen);
    const later = drawnFlameTree(`
      #w  40      1
          k!read  hot
    `);
    const labels = ({ legend }: FlameColours) => legend.map(({ label }) => label);
    assert.deepEqual(labels(flameColours(later, 'module')), ['[kernel.kallsyms]', 'program']);
    const { swatch, legend } = flameColours(later, 'module', seen);
    assert.deepEqual(labels({ swatch, legend }), ['program', '[kernel.kallsyms]']);
    assert.equal(legend[swatch[later.functions.name.indexOf('hot')]].label, 'program');
  });

  it('tells packages apart where all code is in one module, and files where there are none', () => {
    const functions = {
      ...tree.functions,
      module: tree.functions.module.map(() => 0),
      name: ['main', 'java.util.HashMap.get', 'json.dumps', 'handle'],
      file: ['', 'HashMap.java', '/usr/lib/python3.11/json/__init__.py', '/home/me/service/handler.py'],
    };
    assert.equal(functions.name.length, tree.functions.name.length);
    const { swatch, legend } = flameColours({ ...tree, functions }, 'module');
    const labels = Array.from(swatch, (at) => legend[at].label);
    assert.deepEqual(labels, ['program', 'java.util', 'json', 'handler.py']);
    const nowhere = { ...functions, module: functions.module.map(() => NONE), file: functions.file.map(() => '') };
    const bare = flameColours({ ...tree, functions: nowhere }, 'module');
    assert.equal(bare.legend[bare.swatch[0]].label, 'no package');
  });

  it('has a hue for as many modules as can be told apart, and grey for the rest', () => {
    const many = structuredClone(tree);
    const functions = 20;
    const modules = Array.from({ length: functions }, (_, at) => `/lib/${at}.so`);
    const { legend, swatch } = flameColours(
      {
        ...many,
        function: Int32Array.from({ length: functions + 1 }, (_, node) => node - 1),
        parent: new Int32Array(functions + 1).fill(0),
        self: new Float64Array(functions + 1).fill(1),
        functions: { ...many.functions, module: Int32Array.from(modules, (_, at) => at), modules },
      },
      'module',
    );
    assert.equal(legend.length, HUES.length + 1);
    assert.deepEqual(legend.at(-1), { label: 'other modules', colour: 'grey' });
    assert.equal(Math.max(...swatch), HUES.length);
  });

  it('tells kinds of code apart', () => {
    assert.equal(label('kind', 'hot'), 'native');
    assert.equal(label('kind', 'read'), 'kernel');
  });

  it('tells a function’s calls apart by what ran in each, and the function by what ran most', () => {
    const drawn = drawnFlameTree(`
      #w  90    10
          a     c
          warm  warm
    `);
    const { parent, function: func, functions, kind } = drawn;
    const [interpreted, jit] = [FRAME_KINDS.indexOf('interpreted'), FRAME_KINDS.indexOf('jit')];
    const under = (caller: string) =>
      func.findIndex((at, node) => functions.name[at] === 'warm' && functions.name[func[parent[node]]] === caller);
    kind[under('a')] = interpreted;
    kind[under('c')] = jit;
    const { swatch, ofNode, legend } = flameColours(drawn, 'kind');
    assert.equal(legend[ofNode![under('a')]].label, 'interpreted');
    assert.equal(legend[ofNode![under('c')]].label, 'compiled at run time');
    assert.equal(legend[swatch[functions.name.indexOf('warm')]].label, 'interpreted');
  });

  it('says by heat what a function costs itself, in the editor’s five steps', () => {
    assert.equal(label('heat', 'hot'), '35 % or more');
    assert.equal(label('heat', 'warm'), '1 % or more');
    assert.equal(label('heat', 'main'), 'no cost of its own');
  });
});
