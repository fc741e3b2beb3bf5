import java.util.concurrent.locks.LockSupport;

/**
 * A program whose costs are known: a hot line, recursion, threads, allocation, a contended lock. Each of its threads does one
 * thing. Takes the seconds to run (2 by default) and prints how many rounds it managed.
 */
public final class Planted {
    static final int CATALOGUE = 4096;
    static final int[] IDS = new int[CATALOGUE];
    static volatile boolean isOver;
    static volatile long sink;

    public static void main(String[] arguments) throws InterruptedException {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
        for (int place = 0; place < CATALOGUE; place++) IDS[place] = 1000 + place;
        Thread[] threads = {
            new Thread(Planted::priceOrders, "prices"),
            new Thread(Planted::countRecursively, "recursion"),
            new Thread(new Outline()::build, "outline"),
            new Thread(() -> Ledger.work(1), "ledger-1"),
            new Thread(() -> Ledger.work(2), "ledger-2"),
        };
        for (Thread thread : threads) thread.start();
        LockSupport.parkNanos((long) (seconds * 1e9));
        isOver = true;
        for (Thread thread : threads) thread.join();
        System.out.println(sink + " " + Ledger.balance());
    }

    static void priceOrders() {
        long rounds = 0;
        for (int id = 1000; !isOver; id = id == 1000 + CATALOGUE - 1 ? 1000 : id + 1) {
            rounds += priceOf(id);
        }
        sink += rounds;
    }

    /** The hot line: a search that a subtraction would do. */
    static int priceOf(int id) {
        int place = 0;
        while (IDS[place] != id) place++; // hot
        return place;
    }

    static void countRecursively() {
        long total = 0;
        while (!isOver) total += fibonacci(24);
        sink += total;
    }

    static int fibonacci(int n) {
        if (n < 2) return n;
        return fibonacci(n - 1) + fibonacci(n - 2); // recursion
    }

    /** Allocates: strings and arrays, in a class of its own. */
    static final class Outline {
        void build() {
            long total = 0;
            while (!isOver) total += new Section(8).length() + new byte[64 * 1024].length; // allocation
            sink += total;
        }
    }

    static final class Section {
        final Section inner;
        final String title;

        Section(int depth) {
            title = "Section " + depth; // allocation
            inner = depth == 0 ? null : new Section(depth - 1);
        }

        int length() {
            return title.length() + (inner == null ? 0 : inner.length());
        }
    }

    /** A lock that two threads want at once. */
    static final class Ledger {
        private static final Object LOCK = new Object();
        private static long balance;

        static void work(int amount) {
            while (!isOver) add(amount);
        }

        static void add(int amount) {
            synchronized (LOCK) { // contended
                long until = System.nanoTime() + 2_000_000;
                while (System.nanoTime() < until) balance += amount;
            }
        }

        static long balance() {
            synchronized (LOCK) {
                return balance;
            }
        }
    }
}
