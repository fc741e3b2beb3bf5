import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PYTHON, runnablePlaces } from '../../../src/features/run-lenses/runnable-places.ts';

const found = (language: string, path: string, text: string) =>
  runnablePlaces(language, path, text).map(({ line, argv }) => `${line}: ${argv.join(' ').replace(PYTHON, 'python')}`);

test('Go’s benchmarks and tests are run by themselves, in their package', () => {
  const text = `package a

func BenchmarkSum(b *testing.B) {
func TestSum(t *testing.T) {
func TestMain(m *testing.M) {
func Testify(t *testing.T) {
func (s *Suite) TestMethod(t *testing.T) {
func Sum() {
	func TestIndented(t *testing.T) {`;
  assert.deepEqual(found('go', 'a/a_test.go', text), [
    '2: go test -run ^$ -bench ^BenchmarkSum$ .',
    '3: go test -count 1 -run ^TestSum$ .',
  ]);
  assert.deepEqual(found('go', 'a/a.go', text), []);
  assert.ok(runnablePlaces('go', 'a/a_test.go', text).every(({ cwd }) => cwd === 'file'));
});

test('Python’s main program is its file, and pytest’s tests are named as pytest names them', () => {
  const text = `import a

def test_one():
class TestMany:
    def test_two(self):
    async def test_three(self):
    def helper(self):
class Other:
    def test_of_no_class_of_tests(self):
def check():
    def test_inside():
if __name__ == '__main__':
if __name__ == "__main__" :
if __name__ == "other":`;
  assert.deepEqual(found('python', 'x y/test_a.py', text), [
    '2: python -m pytest x y/test_a.py::test_one',
    '4: python -m pytest x y/test_a.py::TestMany::test_two',
    '5: python -m pytest x y/test_a.py::TestMany::test_three',
    '11: python x y/test_a.py',
    '12: python x y/test_a.py',
  ]);
  assert.deepEqual(found('python', 'a.py', text), ['11: python a.py', '12: python a.py']);
});

test('another language has none', () => {
  assert.deepEqual(found('cpp', 'a_test.go', 'func TestA(t *testing.T) {'), []);
  assert.deepEqual(found('constructor', 'a.py', 'x'), []);
});
