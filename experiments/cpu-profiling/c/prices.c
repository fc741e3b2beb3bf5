#include "prices.h"

#include "out-of-line.h"

enum { ITEMS = 4096, FIRST_ID = 1000 };

struct item {
    uint32_t id;
    uint32_t price;
};

static struct item catalogue[ITEMS];

void fill_catalogue(void) {
    for (uint32_t i = 0; i < ITEMS; i++) {
        catalogue[i] = (struct item){.id = FIRST_ID + i, .price = (i * 2654435761u) >> 20};
    }
}

/* The planted line: a search from the start, though the ids have no gaps and the place could be worked out. */
static OUT_OF_LINE uint32_t price_of(uint32_t id) {
    KEEP_FRAME();
    uint32_t place = 0;
    while (catalogue[place].id != id) place++; /* PLANTED: about 60 % of the program */
    return catalogue[place].price;
}

OUT_OF_LINE uint64_t price_orders(int count) {
    uint64_t sum = 0;
    uint32_t random = 12345;
    for (int order = 0; order < count; order++) {
        random = random * 1664525u + 1013904223u;
        sum += price_of(FIRST_ID + (random >> 20)); /* the line of the call */
    }
    return sum;
}
