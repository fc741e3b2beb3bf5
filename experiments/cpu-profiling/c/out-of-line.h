#pragma once

/* Keeps a function a function of its own, so that it has a frame in every stack. */
#define OUT_OF_LINE __attribute__((noinline, noclone))

/*
 * First in a function that calls no other: GCC sets up no frame pointer in such a function, whatever its flags, and a
 * profiler that follows frame pointers then misses the function's caller.
 */
#define KEEP_FRAME() __asm__ volatile("" : : "r"(__builtin_frame_address(0)))
