"""A program with known costs: one hot line, recursion, and a thread that waits. `python3 planted.py [SECONDS]`."""

import sys
import threading
import time


def price_order(prices):
    total = 0.0
    for price in prices:
        total += (price * 1.19) ** 0.5 + (total % 7) ** 0.3  # the hot line: about two thirds of the whole
    return total


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def wait_for(stop):
    while not stop.is_set():
        time.sleep(0.01)


def work(end):
    prices = [1 + index % 97 for index in range(20_000)]
    rounds = 0
    while time.monotonic() < end:
        price_order(prices)
        fibonacci(14)
        rounds += 1
    return rounds


def main(seconds):
    stop = threading.Event()
    waiter = threading.Thread(target=wait_for, args=(stop,), name="waiter")
    waiter.start()
    print(work(time.monotonic() + seconds), "rounds")
    stop.set()
    waiter.join()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
