#pragma once

#include <stdint.h>

/* Direct recursion, with two calls on one line. */
uint64_t fibonacci(int n);

/* Mutual recursion: the value of an expression of digits, `+`, `*` and parentheses. */
uint64_t evaluate(const char *expression);
