// A program with known costs: it writes every kind of profile that Go's runtime makes into a folder.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: planted-go FOLDER")
		os.Exit(2)
	}
	folder := os.Args[1]
	runtime.MemProfileRate = 4096
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(1)

	cpu := create(folder, "cpu.pb.gz")
	check(pprof.StartCPUProfile(cpu))
	work()
	pprof.StopCPUProfile()
	check(cpu.Close())

	keep := allocate()
	wait()
	held := make(chan bool)
	for index := 0; index < 3; index++ {
		go hold(held)
	}
	pprof.Do(context.Background(), pprof.Labels("request", "held"), func(context.Context) { go hold(held) })
	time.Sleep(20 * time.Millisecond)
	runtime.GC()
	for _, name := range []string{"heap", "mutex", "block", "goroutine", "threadcreate"} {
		// Packed and, one after another, as texts of the same things.
		write(folder, name+".pb.gz", name, 0)
		write(folder, name+".debug1.txt", name, 1)
	}
	write(folder, "goroutine.debug2.txt", "goroutine", 2)
	close(held)
	runtime.KeepAlive(keep)
}

func create(folder, name string) *os.File {
	file, err := os.Create(filepath.Join(folder, name))
	check(err)
	return file
}

func write(folder, file, name string, debug int) {
	out := create(folder, file)
	check(pprof.Lookup(name).WriteTo(out, debug))
	check(out.Close())
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// work costs, by design: three parts hotLine, one part each fib and the workers, which are labelled.
func work() {
	sum := 0.0
	for round := 0; round < 3; round++ {
		sum += hotLine(40_000_000)
	}
	var group sync.WaitGroup
	for worker := 0; worker < 2; worker++ {
		group.Add(1)
		labels := pprof.Labels("worker", fmt.Sprint(worker), "stage", "resize")
		go pprof.Do(context.Background(), labels, func(context.Context) {
			defer group.Done()
			sink(hotLine(20_000_000))
		})
	}
	group.Wait()
	sink(sum + float64(fib(33)))
}

var total float64

//go:noinline
func sink(value float64) { total += value }

//go:noinline
func hotLine(rounds int) float64 {
	x := 1.0
	for index := 0; index < rounds; index++ {
		x = blend(x) // nearly everything is spent here
	}
	return x
}

// blend is inlined into hotLine.
func blend(x float64) float64 {
	return x*0.999999 + 1/(x+1)
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

// allocate keeps a hundred blocks of 64 KiB and forgets a thousand of 1 KiB.
func allocate() [][]byte {
	keep := make([][]byte, 0, 100)
	for index := 0; index < 100; index++ {
		keep = append(keep, largeBlock())
	}
	for index := 0; index < 1000; index++ {
		forgotten = smallBlock()
	}
	forgotten = nil
	return keep
}

var forgotten []byte

//go:noinline
func largeBlock() []byte { return make([]byte, 64<<10) }

//go:noinline
func smallBlock() []byte { return make([]byte, 1<<10) }

// wait has one goroutine wait for a lock, and one for a channel.
func wait() {
	var lock sync.Mutex
	lock.Lock()
	done := make(chan bool)
	go func() {
		lock.Lock()
		lock.Unlock()
		done <- true
	}()
	time.Sleep(30 * time.Millisecond)
	lock.Unlock()
	<-done
}

//go:noinline
func hold(held chan bool) { <-held }
