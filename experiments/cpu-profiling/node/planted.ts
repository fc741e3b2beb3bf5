// A program with known costs: one hot line, recursion, allocations, and time spent waiting. `node planted.ts [SECONDS]`.

interface Order {
  readonly prices: readonly number[];
}

/** The hot line: about two thirds of the whole. */
function priceOrder(order: Order): number {
  let total = 0;
  for (let round = 0; round < 40; round++) {
    for (const price of order.prices) {
      total += Math.sqrt(price * 1.19 + round) * Math.cbrt(price + total);
    }
  }
  return total;
}

/** Recursion: a tower in the flame graph, and never more than the whole. */
function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

/** Keeps what it makes, so that it is in a heap profile. */
function keepReport(kept: string[][], size: number): void {
  const report: string[] = [];
  for (let line = 0; line < size; line++) report.push(`line ${line} of report ${kept.length}`);
  kept.push(report);
}

async function main(seconds: number): Promise<void> {
  const order = { prices: Array.from({ length: 2000 }, (_, index) => 1 + (index % 97)) };
  const kept: string[][] = [];
  const end = performance.now() + seconds * 1000;
  let rounds = 0;
  for (; performance.now() < end; rounds++) {
    priceOrder(order);
    fibonacci(19);
    if (rounds % 10 === 0) keepReport(kept, 400);
    if (rounds % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  console.log(`${rounds} rounds, ${kept.length} reports kept`);
}

await main(Number(process.argv[2] ?? 3));
