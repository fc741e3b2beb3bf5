#include "recursion.h"

#include "out-of-line.h"

OUT_OF_LINE uint64_t fibonacci(int n) {
    if (n < 2) return (uint64_t)n;
    return fibonacci(n - 1) + fibonacci(n - 2);
}

static uint64_t parse_sum(const char **at);

static OUT_OF_LINE uint64_t parse_atom(const char **at) {
    if (**at == '(') {
        ++*at;
        uint64_t value = parse_sum(at);
        ++*at;
        return value;
    }
    uint64_t value = 0;
    while (**at >= '0' && **at <= '9') value = value * 10 + (uint64_t)(*(*at)++ - '0');
    return value;
}

static OUT_OF_LINE uint64_t parse_product(const char **at) {
    uint64_t value = parse_atom(at);
    while (**at == '*') {
        ++*at;
        value *= parse_atom(at);
    }
    return value;
}

static OUT_OF_LINE uint64_t parse_sum(const char **at) {
    uint64_t value = parse_product(at);
    while (**at == '+') {
        ++*at;
        value += parse_product(at);
    }
    return value;
}

uint64_t evaluate(const char *expression) { return parse_sum(&expression); }
