import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitLabel, labelForms, measuredLabel } from '../../../src/core/profile/flame-label.ts';

const label = (name: string, letters: number) =>
  fitLabel(
    measuredLabel(labelForms(name), (text) => text.length),
    letters,
  );

describe('a frame’s label', () => {
  it('leaves out scopes from the left, so that the last part of the name stays', () => {
    const name = 'ns::Matrix<double>::multiply';
    assert.equal(label(name, 28), name);
    assert.equal(label(name, 27), 'ns::Matrix<…>::multiply');
    assert.equal(label(name, 22), '…Matrix<…>::multiply');
    assert.equal(label(name, 12), '…multiply');
    assert.equal(label(name, 7), 'multip…');
    assert.equal(label(name, 2), '');
  });

  it('knows the scopes of Go, of paths, and of Rust', () => {
    assert.equal(label('github.com/x/server.(*Conn).serve', 8), '…serve');
    assert.equal(label('core::ops::function::FnOnce::call_once', 20), '…FnOnce::call_once');
    assert.equal(label('app.views.index', 9), '…index');
  });

  it('takes apart neither operators, nor what a compiler added, nor what isn’t a name', () => {
    assert.equal(label('a::Big::operator<<', 13), '…operator<<');
    assert.equal(label('deflate_slow.constprop.0', 16), 'deflate_slow.co…');
    assert.equal(label('libc.so.6+0x9f3a1', 10), 'libc.so.6…');
  });

  it('never is wider than its room', () => {
    for (const name of [
      'main',
      'std::vector<int, std::allocator<int> >::push_back',
      '',
      '::',
      'a::',
      '<<<',
      'x'.repeat(500),
    ]) {
      for (let room = 0; room < 60; room++) assert.ok(label(name, room).length <= room, `${name} in ${room}`);
    }
  });
});
