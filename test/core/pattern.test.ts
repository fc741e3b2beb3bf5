import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exactPattern } from '../../src/core/exact-pattern.ts';
import { compilePattern } from '../../src/core/pattern.ts';
import { must } from '../support/compiled-program.ts';
import { needTool } from '../support/need-tool.ts';
import { seededRandom } from '../support/seeded-random.ts';

const PATTERNS = [
  'foo',
  '^foo$',
  'a*b+c?',
  'a{2,3}b{2}c{1,}',
  '(ab|cd)+e',
  '(?i)straße|ΣΊΣΥΦΟΣ|kelvin',
  '(?i)[k-s]',
  '(?i)[^k]',
  'x(?i:ab)C',
  'x(?i)ab|c',
  '(?m)^b$',
  '(?s)a.b',
  'a.b',
  '\\bfoo\\b',
  '\\Boo',
  '\\Afoo\\z',
  '[[:alpha:]_]+::',
  '[[:^digit:]]',
  '[^a-c]',
  '[]a]',
  '[a\\]-]',
  '[a-]',
  '[\\d\\-x]',
  '\\D\\W\\S',
  '\\pL\\p{Greek}',
  '\\P{Lu}',
  '\\p{^Lu}x',
  '\\Qa.b*\\Ec',
  '\\Q(unclosed',
  '\\.\\*\\(\\_\\:\\/\\"',
  '\\x41\\x{1F600}\\101\\n\\t',
  '(?P<name>a)(?P<other>b)',
  '(a*)*b',
  '(a|b|)*c',
  '(?:^a)*b',
  '()',
  '',
  '|a',
  'a|',
  'a{,3}',
  'a{x}',
  '{2}a|a{2}',
  'x{0}y',
  '.*.*.*=.*',
  '(?U)a+',
  'a+?b??c*?',
  '^^a$$',
  '(?-i)a',
  '(?i-s:A)',
  '\\C',
  '*a',
  'a**',
  '(*a)',
  'a|*',
  '(a',
  'a)',
  '[a',
  '[z-a]',
  'a{3,2}',
  'a{1001}',
  '\\8',
  '\\1',
  '\\Z',
  '\\e',
  '(?=a)',
  '(?<!a)',
  '(?a)',
  '[[:nothing:]]',
  '\\p{Nothing}',
  'a\\',
  '[\\',
  '(?i',
  'a{2}{3}',
  '(?i)*',
  '(?:)',
  '(?)',
  '\\x{110000}',
];
const TEXTS = [
  '',
  'foo',
  'a foo b',
  'foobar',
  'aab',
  'aabbc',
  'ababe',
  'STRASSE straße',
  'STRAẞE',
  'σίσυφος',
  'ſ',
  '\u212a',
  '\u212aelvin',
  'xABC',
  'xabC',
  'a\nb',
  'a\nb\nc',
  'std::sort',
  '_x::y',
  '123',
  'a]b-',
  'Ωmega',
  'πρ',
  'a.b*c',
  '(unclosed',
  '.*(_:/"',
  'A\u{1F600}A\n\t',
  'a-é+ ',
  'a{,3}',
  'a{x}',
  '{2}a',
  'aa',
  'y',
  'c',
  'b',
  'k',
  'K',
  'K=v',
  'LL',
  '\u{10400}',
];

describe('a pattern', () => {
  it('finds what Go finds, and is malformed where Go says so', { skip: needTool('go') }, () => {
    const patterns = [...PATTERNS, ...randomPatterns(3000)];
    const theirs = goFinds(patterns, TEXTS);
    for (const [at, pattern] of patterns.entries()) {
      assert.deepEqual([pattern, found(pattern)], [pattern, theirs[at]]);
    }
  });

  it('is searched for in proportion to the text, also where a machine that backtracks would never end', () => {
    const isFound = compilePattern('(a+)+b.*foo.*bar$');
    assert.equal(isFound('a'.repeat(1_000_000)), false);
    assert.equal(compilePattern('(x*x*x*)*y')('x'.repeat(100_000)), false);
  });

  it('says what is wrong with it, and where', () => {
    assert.throws(() => compilePattern('a('), /The pattern "a\(" is not a regular expression: missing closing \)/);
    assert.throws(() => compilePattern('ab**'), /invalid nested repetition operator: `\*\*`/);
    for (const hostile of ['((a{1000}){1000}){1000}', '('.repeat(9_000), `${'('.repeat(4_000)}a${')'.repeat(4_000)}`]) {
      assert.throws(() => compilePattern(hostile), { name: 'MalformedPattern' });
    }
  });

  it('finds a text exactly', () => {
    const name = 'a.b*(c)[d]{e}|f^$?+\\';
    assert.deepEqual([name, `x${name}`, `${name}x`].map(compilePattern(exactPattern(name))), [true, false, false]);
  });
});

function found(pattern: string): string {
  try {
    const isFound = compilePattern(pattern);
    return TEXTS.map((text) => (isFound(text) ? '1' : '0')).join('');
  } catch (error) {
    assert.equal((error as Error).name, 'MalformedPattern', `${pattern}: ${error}`);
    return 'malformed';
  }
}

function randomPatterns(count: number): string[] {
  const random = seededRandom(7);
  const pieces = [
    'a',
    'b',
    'c',
    '.',
    '*',
    '+',
    '?',
    '|',
    '(',
    ')',
    '(?i)',
    '(?i:',
    '[ab',
    '[^',
    ']',
    '^',
    '$',
    '\\b',
    '\\w',
    '{2}',
    '-',
    'K',
    'o',
  ];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() * 8) }, () => pieces[Math.floor(random() * pieces.length)]).join(''),
  );
}

function goFinds(patterns: readonly string[], texts: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright-re2-'));
  try {
    writeFileSync(join(folder, 'in.json'), JSON.stringify({ patterns, texts }));
    writeFileSync(
      join(folder, 'main.go'),
      `package main
import ("encoding/json"; "fmt"; "os"; "regexp")
func main() {
  var in struct{ Patterns, Texts []string }
  data, _ := os.ReadFile(os.Args[1])
  if err := json.Unmarshal(data, &in); err != nil { panic(err) }
  out := []string{}
  for _, p := range in.Patterns {
    re, err := regexp.Compile(p)
    row := ""
    for _, t := range in.Texts {
      if err != nil { row = "malformed" } else if re.MatchString(t) { row += "1" } else { row += "0" }
    }
    out = append(out, row)
  }
  text, _ := json.Marshal(out)
  fmt.Println(string(text))
}
`,
    );
    return JSON.parse(must(['go', 'run', join(folder, 'main.go'), join(folder, 'in.json')])) as string[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
