#pragma once

/* Keeps a function a function of its own, so that it has a frame in every stack. */
#define OUT_OF_LINE __attribute__((noinline, noclone))
