import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** What of VS Code's own tokenizer (the packages vscode-textmate and vscode-oniguruma that it ships) is used here. */
interface Textmate {
  readonly Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar> };
  readonly INITIAL: object;
  parseRawGrammar(content: string, path: string): object;
}
interface Grammar {
  tokenizeLine(line: string, state: object): { ruleStack: object; tokens: Token[] };
}
interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}
interface Oniguruma {
  loadWASM(bytes: Uint8Array): Promise<void>;
  createOnigScanner(patterns: string[]): object;
  createOnigString(text: string): object;
}

suite('grammars', () => {
  const extension = vscode.extensions.getExtension('perfwright.perfwright')!;
  const require = createRequire(join(vscode.env.appRoot, 'package.json'));
  const { Registry, INITIAL, parseRawGrammar }: Textmate = require('vscode-textmate');
  const { loadWASM, createOnigScanner, createOnigString }: Oniguruma = require('vscode-oniguruma');
  suiteSetup(() => loadWASM(readFileSync(join(require.resolve('vscode-oniguruma'), '..', 'onig.wasm'))));

  /** The innermost scope of each token that isn't blank, by the grammar that is contributed for the language. */
  async function scopes(language: string, text: string): Promise<[string, string][]> {
    const contributed: { language: string; scopeName: string; path: string }[] =
      extension.packageJSON.contributes.grammars;
    const { scopeName, path } = contributed.find((grammar) => grammar.language === language)!;
    const file = join(extension.extensionPath, path);
    const registry = new Registry({
      onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
      loadGrammar: async () => parseRawGrammar(readFileSync(file, 'utf8'), file),
    });
    const grammar = await registry.loadGrammar(scopeName);
    const found: [string, string][] = [];
    let state = INITIAL;
    for (const line of text.split('\n')) {
      const { ruleStack, tokens } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      for (const { startIndex, endIndex, scopes } of tokens) {
        const covered = line.slice(startIndex, endIndex).trim();
        if (covered !== '') found.push([covered, scopes.at(-1)!]);
      }
    }
    return found;
  }

  test('a fio job file has sections, options, units, patterns and engines', async () => {
    const text =
      '; a comment\n[global]\nioengine=io_uring\nbs=4k-64k\n\n[random read]\nrw=randread\nsize=$jobname\ndirect=1\ntime_based\n';
    assert.deepEqual(await scopes('fio', text), [
      ['; a comment', 'comment.line.fio'],
      ['[', 'punctuation.definition.section.begin.fio'],
      ['global', 'keyword.other.section.global.fio'],
      [']', 'punctuation.definition.section.end.fio'],
      ['ioengine', 'variable.other.property.option.fio'],
      ['=', 'keyword.operator.assignment.fio'],
      ['io_uring', 'support.constant.engine.fio'],
      ['bs', 'variable.other.property.option.fio'],
      ['=', 'keyword.operator.assignment.fio'],
      ['4', 'constant.numeric.fio'],
      ['k', 'keyword.other.unit.fio'],
      ['-', 'punctuation.separator.fio'],
      ['64', 'constant.numeric.fio'],
      ['k', 'keyword.other.unit.fio'],
      ['[', 'punctuation.definition.section.begin.fio'],
      ['random read', 'entity.name.section.job.fio'],
      [']', 'punctuation.definition.section.end.fio'],
      ['rw', 'variable.other.property.option.fio'],
      ['=', 'keyword.operator.assignment.fio'],
      ['randread', 'support.constant.pattern.fio'],
      ['size', 'variable.other.property.option.fio'],
      ['=', 'keyword.operator.assignment.fio'],
      ['$jobname', 'variable.language.fio'],
      ['direct', 'variable.other.property.option.fio'],
      ['=', 'keyword.operator.assignment.fio'],
      ['1', 'constant.numeric.fio'],
      ['time_based', 'variable.other.property.option.fio'],
    ]);
  });

  test('folded stacks have frames, kinds of frames and weights', async () => {
    const text =
      '# made by a test\nmain;std::vector<int, std::allocator<int> >::push_back;do_syscall_64_[k];[libc.so.6] 12\na b;c 3 4\n';
    assert.deepEqual(await scopes('folded-stacks', text), [
      ['# made by a test', 'comment.line.number-sign.folded'],
      ['main', 'entity.name.function.folded'],
      [';', 'punctuation.separator.frame.folded'],
      ['std::vector<int, std::allocator<int> >::push_back', 'entity.name.function.folded'],
      [';', 'punctuation.separator.frame.folded'],
      ['do_syscall_64', 'entity.name.function.folded'],
      ['_[k]', 'storage.modifier.frame-kind.folded'],
      [';', 'punctuation.separator.frame.folded'],
      ['[libc.so.6]', 'variable.language.unknown.folded'],
      ['12', 'constant.numeric.folded'],
      ['a b', 'entity.name.function.folded'],
      [';', 'punctuation.separator.frame.folded'],
      ['c', 'entity.name.function.folded'],
      ['3', 'constant.numeric.folded'],
      ['4', 'constant.numeric.folded'],
    ]);
  });
});
